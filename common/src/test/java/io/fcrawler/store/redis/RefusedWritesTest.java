package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that answers, but takes no writes, cannot be used; what it says is told. */
@Tag("integration")
class RefusedWritesTest {
  private static final Seed SEED = new Seed("a.example");

  @TempDir Path folder;
  private RedisServer redis;
  private RedisCrawlStore store;

  @BeforeEach
  void start() {
    redis = TestingRedis.startPrivate(folder);
    store = store("");
    assertEquals(Optional.empty(), store.problem());
  }

  @AfterEach
  void stop() {
    store.close();
    redis.close();
  }

  private RedisCrawlStore store(String login) {
    String url = redis.url().replace("//", "//" + login);
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }

  private void call(String... words) {
    assertEquals("+OK", TestingRedis.call(redis, words).getFirst());
  }

  @Test
  void aReplicaCannotBeUsedUntilItIsAMaster() {
    call("REPLICAOF", "127.0.0.1", "1");
    assertRefuses("READONLY");
    call("REPLICAOF", "NO", "ONE");
    assertEquals(Optional.empty(), store.problem());
  }

  @Test
  void aRedisWithoutMemoryCannotBeUsedUntilItHasSome() {
    call("CONFIG", "SET", "maxmemory", "1");
    assertRefuses("OOM");
    call("CONFIG", "SET", "maxmemory", "0");
    assertEquals(Optional.empty(), store.problem());
  }

  @Test
  void aRedisThatCannotWriteToItsDiskCannotBeUsed() throws IOException {
    Path inTheWay = Files.createDirectories(redis.directory().resolve("dump.rdb"));
    Files.createFile(inTheWay.resolve("file"));
    call("CONFIG", "SET", "save", "900 1");
    TestingRedis.call(redis, "BGSAVE");
    Eventually.holds("the save failed", () -> store.problem().isPresent());
    assertRefuses("MISCONF");
  }

  private void assertRefuses(String word) {
    String problem = store.problem().orElseThrow();
    assertTrue(problem.startsWith("Redis did not execute the call: " + word), problem);
    assertEquals(Optional.empty(), store.progress(SEED), "reads are answered");
  }

  @Test
  void aRedisThatLetsNobodyInIsNamed() {
    call("CONFIG", "SET", "requirepass", "secret");
    try (RedisCrawlStore stranger = store("");
        RedisCrawlStore mistaken = store(":wrong@")) {
      assertNotLetIn(stranger, "NOAUTH");
      assertNotLetIn(mistaken, "WRONGPASS");
    }
  }

  private static void assertNotLetIn(RedisCrawlStore store, String word) {
    String refusal =
        String.valueOf(
            assertThrows(NotPermittedException.class, () -> store.progress(SEED)).getMessage());
    assertTrue(refusal.startsWith(word + " "), refusal);
    assertEquals(Optional.of(refusal), store.problem());
  }
}
