package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("integration")
@Execution(ExecutionMode.CONCURRENT) // each has servers of its own, and mostly waits
class LauncherTest {
  @TempDir Path dir;

  @Test
  void allPartsStartAndAllEndOnSigterm() throws Exception {
    Map<String, String> env =
        Map.of(
            "REDIS_URL", "redis://elsewhere",
            "FCRAWLER_ALLOW_PRIVATE", "127.0.0.0/8",
            "REDIS_APPENDFSYNC", "always");
    try (TestingLauncher launcher = TestingLauncher.start(dir, env).awaitReady()) {
      String partsEnv = get(launcher.apiPort);
      assertTrue(partsEnv.contains("FCRAWLER_ALLOW_PRIVATE=127.0.0.0/8"), partsEnv);
      assertTrue(partsEnv.contains("REDIS_PORT=" + launcher.redisPort), partsEnv);
      assertTrue(
          partsEnv.contains("KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:" + launcher.kafkaPort), partsEnv);
      assertFalse(partsEnv.contains("elsewhere"), partsEnv);
      assertEquals(4, launcher.parts().size());
      assertEquals(
          "always",
          TestingInlineRedis.line(5, launcher.redisPort, "CONFIG GET appendfsync"),
          "of the answer *2, $11, appendfsync, $6, always");

      launcher.signal("TERM");

      assertEquals(0, launcher.awaitExit());
      launcher.assertNothingIsLeft();
      assertEquals(
          List.of("stopping", "stopped"),
          launcher.lines().subList(launcher.lines().size() - 2, launcher.lines().size()));
    }
  }

  @Test
  void ctrlCInATerminalStopsInOrderThoughAllPartsGetIt() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of()).awaitReady()) {
      launcher.signalGroup("INT");

      assertEquals(0, launcher.awaitExit());
      launcher.assertNothingIsLeft();
      assertTrue(
          launcher.lines().stream().noneMatch(line -> line.contains("again")),
          () -> launcher.lines().toString());
    }
  }

  @Test
  void eachPartIsStartedAgainWhenKilledAlone() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of()).awaitReady()) {
      for (String part : List.of("redis", "kafka", "submit-api", "crawler-worker-1")) {
        launcher.part(part).destroyForcibly();
      }
      for (String part : List.of("redis", "kafka", "submit-api", "crawler-worker-1")) {
        launcher.awaitLine(part + " was ended by signal 9; starting it again", 1);
        launcher.awaitLine(part + " is ready", 2);
      }
      launcher.signal("TERM");

      assertEquals(0, launcher.awaitExit());
      launcher.assertNothingIsLeft();
    }
  }

  @Test
  void afterTheLauncherIsKilledItsPartsEndOrAreEndedByTheNextStart() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of()).awaitReady()) {
      ProcessHandle redis = launcher.part("redis");
      ProcessHandle kafka = launcher.part("kafka");
      List<ProcessHandle> watching =
          List.of(launcher.part("submit-api"), launcher.part("crawler-worker-1"));
      launcher.signal("KILL");
      launcher.awaitExit();
      for (ProcessHandle part : watching) {
        Waiting.until(
            TestingLauncher.LIMIT,
            () -> !PidFile.isRunning(part),
            () -> part.info() + " outlives the launcher");
      }

      launcher.startAgain();

      launcher.awaitReady();
      launcher.awaitLine("ending what an earlier start left: redis, pid " + redis.pid(), 1);
      assertFalse(PidFile.isRunning(redis) || PidFile.isRunning(kafka));
    }
  }

  @Test
  void afterTheWholeGroupIsKilledADamagedFileOfRedisIsRepairedAndDataKept() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of()).awaitReady()) {
      redis(launcher, "SET kept 1");
      redis(launcher, "CONFIG SET appendfsync always");
      redis(launcher, "SET damaged 1");
      launcher.signalGroup("KILL");
      launcher.awaitExit();
      Path file = new AppendOnlyFiles(launcher.data.resolve("redis")).lastIncrement().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("damaged") - 3] = 0;
      Files.write(file, bytes);

      launcher.startAgain();

      launcher.awaitReady();
      launcher.awaitLine("redis refused its append-only file: its last", 1);
      assertEquals("$1", redis(launcher, "GET kept"));
      assertEquals("$-1", redis(launcher, "GET damaged"));
    }
  }

  @Test
  void aSecondLauncherAndTakenPortsAreRefusedInOneLine() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of()).awaitReady()) {
      assertRefused(
          "another launcher runs with the data folder", launcher, "--data=" + launcher.data);
      Path other = dir.resolve("other");
      int free = Loopback.freePort();
      String taken = "port %d is taken: end what listens there, or choose another by %s";
      assertRefused(
          taken.formatted(launcher.apiPort, "--port (PORT)"), launcher, "--data=" + other);
      assertRefused(
          taken.formatted(launcher.redisPort, "--redis-port (REDIS_PORT)"),
          launcher,
          "--data=" + other,
          "--port=" + free);
      assertRefused(
          taken.formatted(launcher.kafkaPort, "--kafka-port (KAFKA_PORT)"),
          launcher,
          "--data=" + other,
          "--port=" + free,
          "--redis-port=" + Loopback.freePort());
    }
  }

  @Test
  void aPartThatRefusesItsConfigurationEndsTheStartWithNothingLeft() throws Exception {
    try (TestingLauncher launcher = TestingLauncher.start(dir, Map.of("TESTING_REFUSES", "yes"))) {
      assertEquals(1, launcher.awaitExit());

      String last = launcher.lines().getLast();
      assertTrue(last.startsWith("fcrawler: ") && last.contains("does not start"), last);
      assertTrue(last.endsWith("Bad configuration: TESTING_REFUSES is there"), last);
      launcher.assertNothingIsLeft();
    }
  }

  @Test
  void aPortThatIsTakenOnAllAddressesIsSeen() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(0));

      assertFalse(Ports.isFree(taken.getLocalPort()));
    }
  }

  private void assertRefused(String message, TestingLauncher running, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addFirst("--kafka-port=" + running.kafkaPort);
    all.addFirst("--redis-port=" + running.redisPort);
    all.addFirst("--port=" + running.apiPort);
    Process second =
        new ProcessBuilder(TestingLauncher.command(dir.resolve("root"), all))
            .redirectErrorStream(true)
            .start();
    String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(1, second.waitFor(), output);
    assertEquals(1, output.lines().count(), output);
    assertTrue(output.startsWith("fcrawler: " + message), output);
  }

  private static String get(int port) throws IOException {
    try (InputStream in = URI.create("http://127.0.0.1:" + port).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String redis(TestingLauncher launcher, String command) throws IOException {
    return TestingInlineRedis.call(launcher.redisPort, command);
  }
}
