package io.fcrawler.store.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.redis.RedisCrawlStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The watch over a real Redis. */
@Tag("integration")
class RedisWatchServerTest {
  private static final String[] OPTIONS =
      "--appendonly yes --user limited on >secret ~* &* +@all -info".split(" ");

  @TempDir Path folder;
  private RedisServer redis;
  private RedissonClient client;
  private RedisCrawlStore store;
  private RedisWatch watch;

  @BeforeEach
  void start() {
    redis = RedisServer.start(folder, OPTIONS);
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(1);
    client = Redisson.create(config);
    store = store(redis.url());
    watch = new RedisWatch(store::info, Optional.of(folder));
  }

  private static RedisCrawlStore store(String url) {
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }

  @AfterEach
  void stop() {
    watch.close();
    store.close();
    client.shutdown();
    redis.close();
  }

  private void configure(String parameter, String value) {
    client.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig(parameter, value);
  }

  private String seen() {
    watch.look();
    return watch.check().problem().get().orElse("");
  }

  @Test
  void theAppendOnlyFileIsMissedUntilItIsBack() {
    assertEquals("", seen());
    configure("appendonly", "no");
    assertTrue(seen().startsWith("Redis keeps no append-only file"), seen());
    configure("appendonly", "yes");
    assertEquals("", seen());
  }

  @Test
  void evictionAndShortMemoryAreFound() {
    configure("maxmemory", "1gb");
    configure("maxmemory-policy", "allkeys-lru");
    assertTrue(seen().contains("maxmemory-policy allkeys-lru"), seen());
    configure("maxmemory-policy", "noeviction");
    assertEquals("", seen());
    configure("maxmemory", "1mb");
    assertTrue(seen().contains("of its maxmemory of 1 MiB"), seen());
  }

  @Test
  void aRedisThatGoesAndComesIsSeenAgain() {
    configure("appendonly", "no");
    String before = seen();
    redis.kill();
    assertEquals(before, seen());
    redis.restart();
    assertEquals("", seen());
  }

  @Test
  void aUserWhoMayNotAskSeesNothing() {
    try (RedisCrawlStore limited = store(redis.url().replace("//", "//limited:secret@"))) {
      assertEquals(Map.of(), limited.info());
    }
  }
}
