package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.testing.TestingProxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that Redis, or something between, has forgotten. */
class HalfOpenRedisIT {
  private static final int MOST_CALLS = 4;

  @TempDir Path folder;

  @Test
  void afterACallThatWasNotAnsweredNewConnectionsAreUsed() {
    try (RedisServer redis = RedisServer.start(folder);
        TestingProxy proxy = new TestingProxy(redis.port());
        RedisCrawlStore store = store(proxy)) {
      assertTrue(store.reachable());
      proxy.abandon();

      assertFalse(store.reachable());
      int calls = 1;
      while (!store.reachable() && calls < MOST_CALLS) {
        calls++;
      }
      assertTrue(calls < MOST_CALLS, "unreachable for " + calls + " calls");
    }
  }

  private static RedisCrawlStore store(TestingProxy proxy) {
    String url = "redis://127.0.0.1:" + proxy.port();
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }
}
