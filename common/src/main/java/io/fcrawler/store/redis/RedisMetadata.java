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
  private static final int SCHEMA_VERSION = 1;

  private final Redis redis;

  RedisMetadata(Redis redis) {
    this.redis = redis;
  }

  void check() {
    check("schemaVersion", SCHEMA_VERSION, "upgrade this program, or give it a Redis of its own");
    check("slots", Slots.COUNT, "the number of slots cannot change: give it a Redis of its own");
  }

  private void check(String field, int mine, String remedy) {
    RMap<String, String> metadata = redis.client().getMap(KEY, StringCodec.INSTANCE);
    String known =
        redis.call(() -> {
          metadata.fastPutIfAbsent(field, Integer.toString(mine));
          return metadata.get(field);
        });
    if (!Integer.toString(mine).equals(known)) {
      throw new IncompatibleStoreException(
          "the state in Redis has "
              + field
              + " "
              + known
              + ", but this program has "
              + mine
              + ": "
              + remedy);
    }
  }
}
