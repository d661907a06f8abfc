package io.fcrawler.standalone;

import io.fcrawler.testing.ProgramEnvironment;
import io.fcrawler.testing.TestingHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API or a worker in a process of its own, as users run it, with its log in a file. */
final class TestingProgram implements AutoCloseable {
  final TestingHttp http;
  private final Process process;
  private final Path log;

  private TestingProgram(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.http = new TestingHttp(port);
  }

  /**
   * Starts the program and does not wait for it.
   *
   * @param module its folder, such as {@code submit-api}
   * @param port where it answers {@code /readyz}
   */
  static TestingProgram start(String module, Path log, int port, Map<String, String> environment)
      throws IOException {
    Path jar = Path.of("../..", module, "target", module + ".jar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    ProgramEnvironment.set(builder, environment);
    return new TestingProgram(builder.start(), log, port);
  }

  boolean ready() {
    return process.isAlive() && answers() && http.get("/readyz").statusCode() == 200;
  }

  private boolean answers() {
    try {
      return http.get("/livez").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Whether {@code /readyz} finds all well with a part. */
  boolean finds(String part) {
    HttpResponse<String> answer = http.get("/readyz");
    return TestingHttp.json(answer).path("checks").path(part).path("ok").booleanValue();
  }

  /** The value of a meter, whose name has its further labels in braces if need be. */
  double meter(String name, String labels) {
    Pattern line =
        Pattern.compile("^" + name + "\\{[^}]*" + labels + "[^}]*} (\\S+)$", Pattern.MULTILINE);
    Matcher matcher = line.matcher(http.get("/metrics").body());
    if (!matcher.find()) {
      throw new AssertionError("no meter " + name);
    }
    return Double.parseDouble(matcher.group(1));
  }

  List<String> lines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has logged this. */
  boolean logs(String text) {
    return lines().stream().anyMatch(line -> line.contains(text));
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it is gone. */
  void awaitExit(Duration limit) {
    Waiting.until(limit, () -> !process.isAlive(), () -> "still running: " + lines());
  }

  @Override
  public void close() {
    kill();
    process.onExit().join();
    http.close();
  }
}
