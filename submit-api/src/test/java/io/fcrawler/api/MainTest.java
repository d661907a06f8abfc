package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.RedisServer;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingHttp;
import io.fcrawler.testing.TestingMetadata;
import io.fcrawler.testing.TestingRedis;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, without Kafka, and mostly without Redis. */
class MainTest {
  private static final Pattern SERVING = Pattern.compile("Serving at 127\\.0\\.0\\.1:(\\d+)");
  private static final int SIGTERM_EXIT = 143;

  @TempDir Path folder;

  @Test
  void badConfigurationEndsItWithOneLine() throws Exception {
    Process process = start(Map.of("PORT", "x", "REDIS_DB", "-1"));

    assertTrue(process.waitFor(180, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    assertEquals(
        List.of(
            "submit-api: Bad configuration: PORT: \"x\" is not a whole number from 0 to 65535;"
                + " REDIS_DB: \"-1\" is not a whole number from 0 to 65535"),
        errors());
    assertEquals("", output());
  }

  @Test
  void unknownArgumentsAreRefusedWithWhatWouldBeRight() throws Exception {
    Process process = start(Map.of(), "audit", "--xml");

    assertTrue(process.waitFor(180, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
    assertEquals("", output());
    assertTrue(errors().getFirst().startsWith("Usage: java -jar submit-api.jar"));
  }

  @Test
  void anAuditOfARedisThatIsAwaySaysSoOnStandardErrorAlone() throws Exception {
    Process process = start(Map.of(), "audit", "--json");

    assertTrue(process.waitFor(180, TimeUnit.SECONDS));
    assertEquals(3, process.exitValue(), errors().toString());
    assertEquals("", output());
    assertTrue(
        errors().getLast().startsWith("submit-api: Redis cannot be reached: "),
        errors().toString());
  }

  @Test
  void aTakenPortEndsItWithOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Process process = start(Map.of("PORT", Integer.toString(taken.getLocalPort())));

      assertTrue(process.waitFor(180, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue());
      assertEquals(1, errors().size(), errors().toString());
      String line = errors().getFirst();
      assertTrue(line.startsWith("submit-api: Port " + taken.getLocalPort() + " "), line);
    }
  }

  @Test
  void aNewerStateInRedisEndsItWithOneLine() throws Exception {
    try (RedisServer redis = TestingRedis.startPrivate(folder.resolve("redis"))) {
      TestingMetadata.put(redis.url(), "schemaVersion", "2");
      Process process = start(Map.of("REDIS_URL", redis.url(), "PORT", "0"));

      assertTrue(process.waitFor(180, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue());
      assertEquals(
          List.of(
              "submit-api: the state in Redis has schemaVersion 2, but this program has 1: upgrade"
                  + " this program, or give it a Redis of its own"),
          errors());
    }
  }

  @Test
  void itServesWithoutRedisAndKafkaAndStopsOnSigterm() throws Exception {
    Process process = start(Map.of("PORT", "0"));
    try {
      Eventually.holds("it serves", () -> SERVING.matcher(output()).find());
      Matcher serving = SERVING.matcher(output());
      assertTrue(serving.find());
      try (TestingHttp http = new TestingHttp(Integer.parseInt(serving.group(1)))) {
        assertEquals(200, http.get("/livez").statusCode());
        assertEquals(503, http.get("/readyz").statusCode());
        assertEquals(503, http.get("/api/fcrawler/seed/a.example").statusCode());
        assertEquals(503, http.post("/api/submit", "{\"domain\":\"a.example\"}").statusCode());
      }

      process.destroy();

      assertTrue(process.waitFor(180, TimeUnit.SECONDS));
      assertEquals(SIGTERM_EXIT, process.exitValue());
      assertTrue(output().contains("Stopped"), output());
      assertFalse(output().contains("ERROR"), output());
      assertEquals(List.of(), errors());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            withoutTests(System.getProperty("java.class.path")),
            Main.class.getName());
    builder.command().addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("FCRAWLER_COMMAND_TIMEOUT", "1s");
    environment.put("REDIS_HOST", "127.0.0.1");
    environment.put("REDIS_PORT", "1");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  /** So that the program logs as it does outside of tests. */
  private static String withoutTests(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
            .toList());
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(folder.resolve("err"));
  }
}
