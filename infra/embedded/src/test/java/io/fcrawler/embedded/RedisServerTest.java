package io.fcrawler.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RedisServerTest {
  @TempDir Path dir;

  @Test
  void aKilledServerFindsItsDataOnTheNextStart() throws IOException {
    try (RedisServer redis =
        RedisServer.start(dir, "--appendonly", "yes", "--appendfsync", "always")) {
      assertEquals("+OK", call(redis, "SET", "k", "v"));
      redis.kill();
      assertFalse(redis.isAlive());
      assertEquals(RedisProbe.Answer.NONE, RedisProbe.ask(redis.port(), redis.process().pid()));

      redis.restart();

      assertEquals("v", call(redis, "GET", "k"));
    }
  }

  @Test
  void theBundledServerStartsAndEndsInOrder() throws IOException {
    RedisServer redis =
        RedisServer.start(RedisBinary.bundled(), dir, 0, List.of("--appendonly", "yes"));
    assertEquals("+OK", call(redis, "SET", "k", "v"));
    assertTrue(redis.url().endsWith(":" + redis.port()));

    redis.close();

    assertFalse(redis.isAlive());
    assertTrue(Loopback.isFree(redis.port()));
  }

  @Test
  void aServerThatDoesNotComeUpTellsItsLastLines() {
    var failure =
        assertThrows(
            EmbeddedServerException.class, () -> RedisServer.start(dir, "--no-such-option", "1"));

    assertTrue(
        String.valueOf(failure.getMessage()).contains("no-such-option"), failure.getMessage());
  }

  @Test
  void aTakenPortIsToldAbout() {
    try (RedisServer redis = RedisServer.start(dir.resolve("a"))) {
      var failure =
          assertThrows(
              EmbeddedServerException.class,
              () ->
                  RedisServer.start(
                      RedisBinary.bundled(), dir.resolve("b"), redis.port(), List.of()));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("already in use"), failure.getMessage());
    }
  }

  private static String call(RedisServer redis, String... words) throws IOException {
    return new TestingRespClient(redis.port()).call(words);
  }
}
