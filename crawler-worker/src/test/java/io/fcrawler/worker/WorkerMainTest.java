package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.RedisServer;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingMetadata;
import io.fcrawler.testing.TestingRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The program as a process of its own. */
@Timeout(600)
@Tag("integration")
@ResourceLock(Deployment.SHARED_GROUP)
final class WorkerMainTest {
  @TempDir private Path folder;

  @Test
  void aNewerStateInRedisEndsItWithOneLine() throws Exception {
    assertEquals(
        List.of(
            "crawler-worker: the state in Redis has schemaVersion 2, but this program has 1:"
                + " upgrade this program, or give it a Redis of its own"),
        refusal("schemaVersion", "2"));
  }

  @Test
  void anotherNumberOfSlotsEndsItWithOneLine() throws Exception {
    assertEquals(
        List.of(
            "crawler-worker: the state in Redis has slots 32, but this program has 64:"
                + " that cannot be changed: give it a Redis of its own"),
        refusal("slots", "32"));
  }

  /** The lines on standard error of a worker, which must exit with 1. */
  private List<String> refusal(String field, String value) throws Exception {
    try (RedisServer redis = TestingRedis.startPrivate(folder.resolve("redis"))) {
      TestingMetadata.put(redis.url(), field, value);
      Process process = start(redis.url());
      try {
        assertTrue(process.waitFor(180, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        return Files.readAllLines(folder.resolve("err"));
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private Process start(String redisUrl) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", TestingKafka.bootstrapServers(), "REDIS_URL", redisUrl));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }
}
