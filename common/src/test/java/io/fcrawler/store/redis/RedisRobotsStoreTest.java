package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.RobotsStore.Copy;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.TestingProxy;
import io.fcrawler.testing.TestingRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The robots.txt files as Redis keeps them, and a Redis that does not. */
@Tag("integration")
class RedisRobotsStoreTest {
  private static final String SITE = "https://a.example";
  private static final String KEY = "fcrawler:robots:https://a.example";
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  @Test
  void aFileIsOneSmallKeyThatExpires() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        RedisCrawlStore store = store(redis.port())) {
      String text = "User-agent: *\nDisallow: /private/\n".repeat(1000);
      store.robots().put(SITE, new Copy(text.getBytes(StandardCharsets.UTF_8), DAY));
      assertTrue(number(redis, "STRLEN", KEY) < 500);
      assertTrue(number(redis, "TTL", KEY) > 86_000);
      assertEquals(1, number(redis, "DBSIZE"));
    }
  }

  @Test
  void aFileThatCannotBeMadeSmallIsNotKept() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        RedisCrawlStore store = store(redis.port())) {
      byte[] random = new byte[RobotsStore.MAX_LENGTH];
      new Random(1).nextBytes(random);
      store.robots().put(SITE, new Copy(random, DAY));
      assertEquals(0, number(redis, "DBSIZE"));
    }
  }

  @Test
  void aKeyThatIsNoFileIsNone() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        RedisCrawlStore store = store(redis.port())) {
      TestingRedis.call(redis, "SET", KEY, "something", "EX", "100");
      assertThrows(NotExecutedException.class, () -> store.robots().get(SITE));
      TestingRedis.call(redis, "DEL", KEY);
      TestingRedis.call(redis, "SADD", KEY, "something");
      assertThrows(RuntimeException.class, () -> store.robots().get(SITE));
    }
  }

  @Test
  void aRedisWithoutMemoryIsRead() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        RedisCrawlStore store = store(redis.port())) {
      Copy copy = new Copy("User-agent: *".getBytes(StandardCharsets.UTF_8), DAY);
      store.robots().put(SITE, copy);
      TestingRedis.call(redis, "CONFIG", "SET", "maxmemory", "1");
      assertThrows(NotExecutedException.class, () -> store.robots().put(SITE, copy));
      assertEquals(copy.text().length, store.robots().get(SITE).orElseThrow().text().length);
    }
  }

  @Test
  void aRedisThatFallsSilentOrGoesIsNotWaitedForLong() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        TestingProxy proxy = new TestingProxy(redis.port());
        RedisCrawlStore store = store(proxy.port())) {
      assertEquals(Optional.empty(), store.robots().get(SITE));
      proxy.swallow();
      assertThrows(StoreUnavailableException.class, () -> store.robots().get(SITE));
      proxy.cut();
      redis.close();
      assertThrows(StoreUnavailableException.class, () -> store.robots().get(SITE));
    }
  }

  private static long number(RedisServer redis, String... command) {
    List<String> reply = TestingRedis.call(redis, command);
    return Long.parseLong(reply.getFirst().substring(1));
  }

  private static RedisCrawlStore store(int port) {
    String url = "redis://127.0.0.1:" + port;
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }
}
