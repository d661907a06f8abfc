package io.fcrawler.store.redis;

import io.fcrawler.lane.Slots;
import io.fcrawler.store.Cleanup;
import io.fcrawler.store.IncompatibleStoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/**
 * A hash of what is fixed when a deployment first starts: {@code schemaVersion}, {@code slots} and
 * {@code firstStart} (ms; absent where an older program fixed the others); of what was found when
 * Redis was empty, see {@code empty.lua}; and of the last clean-up: {@code lastCleanup} (ms) and
 * its totals. Fields that this program does not know are left alone. Throws what Redisson throws.
 */
final class RedisMetadata {
  static final String KEY = "fcrawler:metadata";
  private static final String SCHEMA = "schemaVersion";
  private static final String SCHEMA_VERSION = "1";
  private static final String SLOTS = "slots";
  private static final String FIRST_START = "firstStart";
  private static final String CLEANED = "lastCleanup";
  private static final String SLOT_COUNT = Integer.toString(Slots.COUNT);

  private final Redis redis;

  RedisMetadata(Redis redis) {
    this.redis = redis;
  }

  /** Fixes what is not fixed yet, and refuses what was fixed otherwise. */
  void check() {
    Map<String, String> fixed = verified();
    if (fixed.size() < 2) {
      if (!fixed.containsKey(SCHEMA)) { // first, so that it is there if this program dies now
        metadata().fastPutIfAbsent(FIRST_START, Long.toString(System.currentTimeMillis()));
      }
      metadata().fastPutIfAbsent(SCHEMA, SCHEMA_VERSION);
      metadata().fastPutIfAbsent(SLOTS, SLOT_COUNT);
      verify();
    }
  }

  /** When {@link #check} first fixed all; empty where an older program did. */
  Optional<Instant> firstStart() {
    check();
    return Optional.ofNullable(metadata().get(FIRST_START))
        .map(ms -> Instant.ofEpochMilli(Long.parseLong(ms)));
  }

  /** Refuses what was fixed otherwise, and writes nothing. */
  void verify() {
    var _ = verified();
  }

  /** Makes sure that writes are taken, too, by one that changes nothing. */
  void checkWritable() {
    check();
    metadata().fastPutIfAbsent(SCHEMA, SCHEMA_VERSION);
  }

  private Map<String, String> verified() {
    Map<String, String> fixed = metadata().getAll(Set.of(SCHEMA, SLOTS));
    verify(fixed, SCHEMA, SCHEMA_VERSION, "upgrade this program, or give it a Redis of its own");
    verify(fixed, SLOTS, SLOT_COUNT, "that cannot be changed: give it a Redis of its own");
    return fixed;
  }

  private static void verify(Map<String, String> fixed, String field, String mine, String remedy) {
    String found = fixed.getOrDefault(field, mine);
    if (!found.equals(mine)) {
      throw new IncompatibleStoreException(
          "the state in Redis has %s %s, but this program has %s: %s"
              .formatted(field, found, mine, remedy));
    }
  }

  Cleanup noteCleanup(Instant at, int workers, int removed) {
    check();
    int seeds = redis.client().getScoredSortedSet(RedisCommands.SEEDS, StringCodec.INSTANCE).size();
    int active = redis.client().getMap(RedisCommands.ACTIVE, StringCodec.INSTANCE).size();
    metadata()
        .putAll(
            Map.of(
                CLEANED,
                Long.toString(at.toEpochMilli()),
                "workers",
                Integer.toString(workers),
                "workersRemoved",
                Integer.toString(removed),
                "seeds",
                Integer.toString(seeds),
                "activeSeeds",
                Integer.toString(active)));
    return new Cleanup(at, workers, removed, seeds, active);
  }

  Optional<Cleanup> lastCleanup() {
    Map<String, String> all = metadata().readAllMap();
    return all.containsKey(CLEANED) ? Optional.of(cleanup(all)) : Optional.empty();
  }

  private static Cleanup cleanup(Map<String, String> all) {
    return new Cleanup(
        Instant.ofEpochMilli(number(all, CLEANED)),
        Math.toIntExact(number(all, "workers")),
        Math.toIntExact(number(all, "workersRemoved")),
        number(all, "seeds"),
        number(all, "activeSeeds"));
  }

  private static long number(Map<String, String> all, String field) {
    return Long.parseLong(all.getOrDefault(field, "0"));
  }

  private RMap<String, String> metadata() {
    return redis.client().getMap(KEY, StringCodec.INSTANCE);
  }
}
