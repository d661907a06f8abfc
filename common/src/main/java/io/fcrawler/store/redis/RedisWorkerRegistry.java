package io.fcrawler.store.redis;

import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RMapAsync;
import org.redisson.client.codec.StringCodec;

/**
 * Workers in Redis: {@code fcrawler:worker:<id>}, a hash of the report's components that expires,
 * and {@code fcrawler:workers}, a sorted set of their ids by the last report (ms).
 */
final class RedisWorkerRegistry implements WorkerRegistry {
  private static final String ALL = "fcrawler:workers";

  private final Redis redis;

  RedisWorkerRegistry(Redis redis) {
    this.redis = redis;
  }

  private static String key(String id) {
    return "fcrawler:worker:" + id;
  }

  @Override
  public void report(WorkerReport report) {
    RBatch batch = redis.batch();
    double now = (double) report.heartbeatAt().toEpochMilli();
    RMapAsync<String, String> hash = batch.getMap(key(report.id()), StringCodec.INSTANCE);
    var _ = hash.putAllAsync(write(report));
    var _ = hash.expireAsync(REMEMBERED);
    var all = batch.<String>getScoredSortedSet(ALL, StringCodec.INSTANCE);
    var _ = all.addAsync(now, report.id());
    var _ = all.removeRangeByScoreAsync(0, true, now - REMEMBERED.toMillis(), false);
    redis.call(batch::execute);
  }

  @Override
  public void remove(String workerId) {
    RBatch batch = redis.batch();
    var _ = batch.getMap(key(workerId), StringCodec.INSTANCE).deleteAsync();
    var _ = batch.<String>getScoredSortedSet(ALL, StringCodec.INSTANCE).removeAsync(workerId);
    redis.call(batch::execute);
  }

  @Override
  public List<WorkerReport> all() {
    List<String> ids =
        redis.call(() ->
            List.copyOf(
                redis.client().<String>getScoredSortedSet(ALL, StringCodec.INSTANCE).readAll()));
    RBatch batch = redis.batch();
    List<RFuture<Map<String, String>>> answers = new ArrayList<>();
    for (String id : ids) {
      answers.add(batch.<String, String>getMap(key(id), StringCodec.INSTANCE).readAllMapAsync());
    }
    redis.call(batch::execute);
    List<WorkerReport> reports = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Map<String, String> hash = answers.get(i).resultNow();
      if (!hash.isEmpty()) {
        reports.add(read(ids.get(i), hash));
      }
    }
    return reports;
  }

  private static Map<String, String> write(WorkerReport report) {
    return Map.of(
        "host", report.host(),
        "version", report.version(),
        "startedAt", Long.toString(report.startedAt().toEpochMilli()),
        "heartbeatAt", Long.toString(report.heartbeatAt().toEpochMilli()),
        "slots", Integer.toString(report.slots()),
        "lanes", Integer.toString(report.lanes()),
        "inFlight", Integer.toString(report.inFlight()),
        "pagesPerSecond", Double.toString(report.pagesPerSecond()),
        "heapUsedBytes", Long.toString(report.heapUsedBytes()),
        "heapMaxBytes", Long.toString(report.heapMaxBytes()));
  }

  private static WorkerReport read(String id, Map<String, String> hash) {
    return new WorkerReport(
        id,
        hash.getOrDefault("host", ""),
        hash.getOrDefault("version", ""),
        instant(hash, "startedAt"),
        instant(hash, "heartbeatAt"),
        Math.toIntExact(number(hash, "slots")),
        Math.toIntExact(number(hash, "lanes")),
        Math.toIntExact(number(hash, "inFlight")),
        Double.parseDouble(hash.getOrDefault("pagesPerSecond", "0")),
        number(hash, "heapUsedBytes"),
        number(hash, "heapMaxBytes"));
  }

  private static Instant instant(Map<String, String> hash, String field) {
    return Instant.ofEpochMilli(number(hash, field));
  }

  private static long number(Map<String, String> hash, String field) {
    return Long.parseLong(hash.getOrDefault(field, "0"));
  }
}
