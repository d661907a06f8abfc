package io.fcrawler.store.redis;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A crawl's numbers, from one reply of {@code progress.lua}. */
final class RedisProgress {
  /** A rate over less than this says nothing. */
  private static final long LEAST_SPAN_MS = 1000;

  private final Redis redis;

  RedisProgress(Redis redis) {
    this.redis = redis;
  }

  Map<Seed, Progress> progress(List<Seed> seeds) {
    Map<Seed, Progress> all = new LinkedHashMap<>();
    List<List<Object>> replies =
        redis.lists(Script.PROGRESS, seeds.stream().map(RedisProgress::keys).toList());
    for (int i = 0; i < seeds.size(); i++) {
      Seed seed = seeds.get(i);
      progress(seed, replies.get(i)).ifPresent(found -> all.put(seed, found));
    }
    return all;
  }

  private static Optional<Progress> progress(Seed seed, List<Object> reply) {
    Meta meta = Meta.of((List<?>) reply.get(5));
    Optional<Open> queued = queued(meta, reply);
    if (queued.isPresent()) {
      return queued.map(Progress::queued);
    }
    return meta.opened() ? Optional.of(current(seed, meta, reply)) : Optional.empty();
  }

  /** The open command of the crawl that is shown as queued: while none is under way. */
  Optional<Open> queued(Seed seed) {
    List<Object> reply = redis.lists(Script.PROGRESS, List.of(keys(seed))).getFirst();
    return queued(Meta.of((List<?>) reply.get(5)), reply);
  }

  /** Whether there are counters of a crawl that the seed's meta does not name, as that is gone. */
  boolean isNameless(Seed seed) {
    List<Object> reply = redis.lists(Script.PROGRESS, List.of(keys(seed))).getFirst();
    return (Long) reply.get(7) > 0;
  }

  private static List<String> keys(Seed seed) {
    SeedKeys keys = new SeedKeys(seed);
    return List.of(
        keys.meta(), keys.total(), keys.crawled(), keys.failed(), keys.history(), keys.queued());
  }

  private static Optional<Open> queued(Meta meta, List<Object> reply) {
    boolean running = meta.opened() && !meta.status().finished();
    return Optional.of((String) reply.get(4))
        .filter(json -> !json.isEmpty() && !running)
        .map(RedisProgress::open)
        .filter(open -> !meta.opened() || !open.crawlId().equals(meta.crawlId()));
  }

  private static Open open(String json) {
    return (Open) CommandCodec.fromJson(json);
  }

  private static Progress current(Seed seed, Meta meta, List<Object> reply) {
    long crawled = Long.parseLong((String) reply.get(2));
    long failed = Long.parseLong((String) reply.get(3));
    return new Progress(
        new CrawlRef(seed, meta.crawlId()),
        meta.status(),
        Long.parseLong((String) reply.get(1)),
        crawled,
        failed,
        meta.number("excluded"),
        meta.number("inflight"),
        meta.number("bytes"),
        rate(crawled + failed, meta, Long.parseLong((String) reply.get(0)), (String) reply.get(6)),
        Instant.ofEpochMilli(meta.number("submittedAt")),
        meta.instant("startedAt"),
        Instant.ofEpochMilli(meta.number("updatedAt")),
        meta.instant("finishedAt"),
        meta.open().options(),
        meta.damage());
  }

  /** Pages per second since the sample; over the whole crawl where it is finished. */
  private static OptionalDouble rate(long ended, Meta meta, long now, String sample) {
    if (meta.has("finishedAt")) {
      long span = Math.max(1, meta.number("finishedAt") - meta.number("startedAt"));
      return OptionalDouble.of(ended * 1000.0 / span);
    }
    String[] f = sample.split(":", -1); // time, crawlId, total, crawled, failed, excluded, bytes
    if (f.length < 5) {
      return OptionalDouble.empty();
    }
    long span = now - Long.parseLong(f[0]);
    long before = Long.parseLong(f[3]) + Long.parseLong(f[4]);
    return span < LEAST_SPAN_MS
        ? OptionalDouble.empty()
        : OptionalDouble.of((ended - before) * 1000.0 / span);
  }
}
