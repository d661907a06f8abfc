package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.Loopback;
import io.fcrawler.testing.ProgramEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A launcher in a process and process group of its own, with {@link TestingService} parts. */
final class TestingLauncher implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(90);

  final int apiPort = Loopback.freePort();
  final int redisPort = Loopback.freePort();
  final int kafkaPort = Loopback.freePort();
  final Path data;

  private final Path dir;
  private final Path output;
  private final Map<String, String> extraEnv;
  private Process process;

  private TestingLauncher(Path dir, Map<String, String> extraEnv) throws IOException {
    this.dir = dir;
    this.data = dir.resolve("the data");
    this.output = dir.resolve("output");
    this.extraEnv = extraEnv;
    TestingService.install(dir.resolve("root"));
    this.process = launch(List.of());
  }

  /** Starts a launcher whose files are all in this folder, and doesn't wait for it. */
  static TestingLauncher start(Path dir, Map<String, String> extraEnv) throws IOException {
    return new TestingLauncher(dir, extraEnv);
  }

  /** Starts a further launcher on the same data and ports, after or beside the first. */
  void startAgain(String... moreArguments) throws IOException {
    process = launch(List.of(moreArguments));
  }

  private Process launch(List<String> moreArguments) throws IOException {
    Files.writeString(output, "");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--port=" + apiPort,
                "--redis-port=" + redisPort,
                "--kafka-port=" + kafkaPort,
                "--data=" + data));
    arguments.addAll(moreArguments);
    List<String> command = command(dir.resolve("root"), arguments);
    // A shell has SIGINT ignored in what it starts in the background, this test perhaps included.
    command.addAll(0, List.of("env", "--default-signal", "setsid"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    ProgramEnvironment.set(builder, extraEnv);
    return builder.start();
  }

  /** The command of a launcher whose project is at {@code root}. */
  static List<String> command(Path root, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-D" + Programs.ROOT_PROPERTY + "=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  TestingLauncher awaitReady() {
    awaitLine("fcrawler is ready", 1);
    return this;
  }

  void awaitLine(String text, int count) {
    Waiting.until(
        LIMIT,
        () -> lines().stream().filter(line -> line.contains(text)).count() >= count,
        () -> count + " x '" + text + "' in " + lines());
  }

  List<String> lines() {
    try {
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The running process of a part. */
  ProcessHandle part(String name) throws IOException {
    return new PidFile(data.resolve("run").resolve(name + ".pid")).process().orElseThrow();
  }

  List<ProcessHandle> parts() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("run"))) {
      List<ProcessHandle> parts = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".pid")).toList()) {
        new PidFile(file).process().ifPresent(parts::add);
      }
      return parts;
    }
  }

  /** A signal to the launcher alone. */
  void signal(String name) throws IOException {
    kill(name, Long.toString(process.pid()));
  }

  /** A signal to the launcher and all of its parts, as from a terminal. */
  void signalGroup(String name) throws IOException {
    kill(name, "-" + process.pid());
  }

  private static void kill(String signal, String target) throws IOException {
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + target).start();
    if (kill.onExit().join().exitValue() != 0) {
      throw new AssertionError("no " + signal + " to " + target);
    }
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running: " + lines());
    }
    return process.exitValue();
  }

  /** That no part runs, and all ports are free. */
  void assertNothingIsLeft() throws IOException {
    assertEquals(List.of(), parts());
    for (int port : List.of(apiPort, redisPort, kafkaPort)) {
      assertTrue(Ports.isFree(port), () -> "port " + port + " is taken");
    }
  }

  /** Whatever the test left is killed. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      signalGroup("KILL");
    }
    Waiting.until(LIMIT, () -> !process.isAlive(), () -> "the launcher cannot be killed");
    for (ProcessHandle part : parts()) {
      part.destroyForcibly();
      Waiting.until(LIMIT, () -> !PidFile.isRunning(part), () -> part + " cannot be killed");
    }
    Files.deleteIfExists(data.resolve("run").resolve("redis-check-aof"));
  }
}
