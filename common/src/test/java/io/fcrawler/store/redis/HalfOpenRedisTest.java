package io.fcrawler.store.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.TestingProxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that Redis, or something between, has forgotten. */
@Tag("integration")
class HalfOpenRedisTest {
  private static final int MOST_CALLS = 4;

  @TempDir Path folder;

  @Test
  void afterACallThatWasNotAnsweredNewConnectionsAreUsed() {
    try (RedisServer redis = RedisServer.start(folder);
        TestingProxy proxy = new TestingProxy(redis.port());
        RedisCrawlStore store = store(proxy)) {
      assertEquals(Optional.empty(), store.problem());
      proxy.abandon();

      assertTrue(store.problem().isPresent());
      int calls = 1;
      while (store.problem().isPresent() && calls < MOST_CALLS) {
        calls++;
      }
      assertTrue(calls < MOST_CALLS, "unreachable for " + calls + " calls");
    }
  }

  @Test
  void aCallEndsWithTheConnectionThatItsAnswerCannotComeByAnyMore() throws Exception {
    try (RedisServer redis = RedisServer.start(folder);
        TestingProxy proxy = new TestingProxy(redis.port());
        RedisCrawlStore store = store(proxy)) {
      assertEquals(Optional.empty(), store.problem());
      proxy.swallow();
      CompletableFuture<String> failure = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            RuntimeException thrown =
                assertThrows(StoreUnavailableException.class, () -> store.seeds(0, 1));
            failure.complete(String.valueOf(thrown.getMessage()));
          });
      while (!failure.isDone()) {
        proxy.cut();
        Thread.onSpinWait();
      }
      assertFalse(failure.get(10, SECONDS).contains("timeout"), failure::toString);
    }
  }

  private static RedisCrawlStore store(TestingProxy proxy) {
    String url = "redis://127.0.0.1:" + proxy.port();
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }
}
