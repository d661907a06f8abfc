package io.fcrawler.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, whose output goes to the end of a file. It is killed when this
 * JVM ends in order.
 */
final class ServerProcess {
  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TAIL_LINES = 15;

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> LIVE.forEach(Process::destroyForcibly), "end-server-processes"));
  }

  /** How far a server is on its way up. */
  enum Readiness {
    READY,
    /** It is alive and at work on its data: the time limit starts anew. */
    WORKING,
    NOT_YET
  }

  /** Asks the server how far it is. */
  interface Probe {
    Readiness ask();
  }

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(String name, List<String> command, Path directory, Path log) {
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      LIVE.removeIf(ended -> !ended.isAlive());
      LIVE.add(process);
      return new ServerProcess(name, process, log);
    } catch (IOException e) {
      throw new EmbeddedServerException(name + " could not be started: " + e.getMessage(), e);
    }
  }

  /** Waits until the server is ready; one that ends or takes too long is ended and told about. */
  void awaitReady(Probe probe, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (process.isAlive()) {
        Readiness readiness = probe.ask();
        if (readiness == Readiness.READY) {
          return;
        }
        if (readiness == Readiness.WORKING) {
          deadline = System.nanoTime() + limit.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw failed("did not answer within " + limit.toSeconds() + " s");
        }
        process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
      throw failed("ended with code " + process.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new EmbeddedServerException("interrupted while " + name + " started", e);
    }
  }

  private EmbeddedServerException failed(String what) {
    kill();
    return new EmbeddedServerException(
        name + " " + what + "; the end of " + log + ":\n" + String.join("\n", tail()));
  }

  private List<String> tail() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(cannot be read: " + e.getMessage() + ")");
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM, and SIGKILL after {@code grace}; returns when the process is gone. */
  void stop(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
