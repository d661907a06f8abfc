package io.fcrawler.chaos.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The API or a worker. */
public final class JavaPart extends Part {
  private volatile List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;

  /** Starts it. */
  JavaPart(String name, List<String> command, Map<String, String> environment, Path log) {
    super(name);
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.process = launch();
  }

  /** Has it be another program from its next start on. */
  void become(List<String> other) {
    command = List.copyOf(other);
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name(), e);
    }
  }

  @Override
  public void start() {
    process = launch();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void stop(Duration most) {
    process.destroy();
    try {
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  @Override
  ProcessHandle process() {
    return process.toHandle();
  }
}
