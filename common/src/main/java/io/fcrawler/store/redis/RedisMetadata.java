package io.fcrawler.store.redis;

import io.fcrawler.lane.Slots;
import io.fcrawler.store.IncompatibleStoreException;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/**
 * What is fixed when a deployment first starts: hash of {@code schemaVersion} and {@code slots}.
 */
final class RedisMetadata {
  static final String KEY = "fcrawler:metadata";
  private static final String SCHEMA = "schemaVersion";
  private static final String SCHEMA_VERSION = "1";
  private static final String SLOTS = "slots";
  private static final String SLOT_COUNT = Integer.toString(Slots.COUNT);

  private final Redis redis;

  RedisMetadata(Redis redis) {
    this.redis = redis;
  }

  /** Fixes what is not fixed yet, and refuses what was fixed otherwise. */
  void check() {
    redis.call(() -> metadata().fastPutIfAbsent(SCHEMA, SCHEMA_VERSION));
    redis.call(() -> metadata().fastPutIfAbsent(SLOTS, SLOT_COUNT));
    verify();
  }

  /** Refuses what was fixed otherwise, and writes nothing. */
  void verify() {
    verify(SCHEMA, SCHEMA_VERSION, "upgrade this program, or give it a Redis of its own");
    verify(SLOTS, SLOT_COUNT, "the number of slots cannot change: give it a Redis of its own");
  }

  private void verify(String field, String mine, String remedy) {
    String known = redis.call(() -> metadata().get(field));
    if (known != null && !known.equals(mine)) {
      throw new IncompatibleStoreException(
          "the state in Redis has %s %s, but this program has %s: %s"
              .formatted(field, known, mine, remedy));
    }
  }

  private RMap<String, String> metadata() {
    return redis.client().getMap(KEY, StringCodec.INSTANCE);
  }
}
