package io.fcrawler.store.redis;

import static java.util.Map.entry;

import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RMapAsync;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/**
 * Workers in Redis: {@code fcrawler:worker:<id>}, a hash of the report's components that expires,
 * and {@code fcrawler:workers}, a sorted set of their ids by the last report (ms).
 */
final class RedisWorkerRegistry implements WorkerRegistry {
  private static final String ALL = "fcrawler:workers";

  private static final String PREFIX = "fcrawler:worker:";
  private static final int KEYS_A_SCAN = 1000;

  private final Redis redis;
  private final Batches batches;

  RedisWorkerRegistry(Redis redis, Batches batches) {
    this.redis = redis;
    this.batches = batches;
  }

  private static String key(String id) {
    return PREFIX + id;
  }

  @Override
  public void report(WorkerReport report) {
    // Redisson never frees what it encoded for a batch that it cannot send: so it is asked first.
    redis.call(() -> redis.client().getKeys().countExists(RedisMetadata.KEY));
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
    return List.copyOf(reports(listed()).values());
  }

  private Collection<String> listed() {
    return redis.call(
        () -> redis.client().<String>getScoredSortedSet(ALL, StringCodec.INSTANCE).readAll());
  }

  @Override
  public Set<String> discover() {
    Set<String> ids = new HashSet<>(listed());
    KeysScanOptions options =
        KeysScanOptions.defaults().pattern(PREFIX + "*").chunkSize(KEYS_A_SCAN);
    redis.call(() -> {
      for (String key : redis.client().getKeys().getKeys(options)) {
        ids.add(key.substring(PREFIX.length()));
      }
      return ids;
    });
    return ids;
  }

  @Override
  public Map<String, WorkerReport> reports(Collection<String> workerIds) {
    Map<String, WorkerReport> reports = new HashMap<>();
    batches.read(workerIds, this::reportsOf).forEach(reports::putAll);
    return reports;
  }

  private Map<String, WorkerReport> reportsOf(List<String> ids) {
    RBatch batch = redis.batch();
    Map<String, RFuture<Map<String, String>>> answers = new HashMap<>();
    for (String id : ids) {
      answers.put(
          id, batch.<String, String>getMap(key(id), StringCodec.INSTANCE).readAllMapAsync());
    }
    redis.call(batch::execute);
    Map<String, WorkerReport> reports = new HashMap<>();
    answers.forEach((id, answer) -> {
      if (!answer.resultNow().isEmpty()) {
        reports.put(id, read(id, answer.resultNow()));
      }
    });
    return reports;
  }

  private static Map<String, String> write(WorkerReport report) {
    return Map.ofEntries(
        entry("host", report.host()),
        entry("version", report.version()),
        entry("startedAt", Long.toString(report.startedAt().toEpochMilli())),
        entry("heartbeatAt", Long.toString(report.heartbeatAt().toEpochMilli())),
        entry("slots", Integer.toString(report.slots())),
        entry("lanes", Integer.toString(report.lanes())),
        entry("inFlight", Integer.toString(report.inFlight())),
        entry("pagesPerSecond", Double.toString(report.pagesPerSecond())),
        entry("heapUsedBytes", Long.toString(report.heapUsedBytes())),
        entry("heapMaxBytes", Long.toString(report.heapMaxBytes())),
        entry("problem", report.problem().orElse("")));
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
        number(hash, "heapMaxBytes"),
        Optional.of(hash.getOrDefault("problem", "")).filter(it -> !it.isEmpty()));
  }

  private static Instant instant(Map<String, String> hash, String field) {
    return Instant.ofEpochMilli(number(hash, field));
  }

  private static long number(Map<String, String> hash, String field) {
    return Long.parseLong(hash.getOrDefault(field, "0"));
  }
}
