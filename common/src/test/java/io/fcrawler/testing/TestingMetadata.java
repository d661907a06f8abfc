package io.fcrawler.testing;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Another program, which writes into the metadata of a Redis. */
public final class TestingMetadata {
  private TestingMetadata() {}

  public static void put(String redisUrl, String field, String value) {
    Config config = new Config();
    config.useSingleServer().setAddress(redisUrl).setConnectionMinimumIdleSize(1);
    RedissonClient client = Redisson.create(config);
    try {
      client.<String, String>getMap("fcrawler:metadata", StringCodec.INSTANCE).put(field, value);
    } finally {
      client.shutdown();
    }
  }
}
