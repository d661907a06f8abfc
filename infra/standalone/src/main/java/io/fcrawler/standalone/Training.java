package io.fcrawler.standalone;

import io.fcrawler.standalone.Programs.Program;
import io.fcrawler.standalone.demo.DemoSite;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has all programs crawl a site of some size, and makes their caches of what that teaches. */
final class Training {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Map<String, String> env;
  private final Programs programs;
  private final Duration startLimit;
  private final List<Process> makers = new CopyOnWriteArrayList<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean isBrokenOff;

  Training(Map<String, String> env, Programs programs, Duration startLimit) {
    this.env = env;
    this.programs = programs;
    this.startLimit = startLimit;
  }

  /**
   * Returns when the caches are in their place, or a signal broke it off.
   *
   * @throws StartFailure if the crawl goes wrong, or a JVM makes no cache
   */
  void run(Arguments arguments) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::breakOff, "stop-making-on-signal"));
    try (TemporaryFolder folder = TemporaryFolder.make(env)) {
      Files.createDirectories(programs.caches().folder());
      AotCaches made = AotCaches.recordingIn(folder.path());
      if (crawl(arguments, made)) {
        make(made);
        for (Program program : programs.all()) {
          install(made.cache(program.name()), programs.caches().cache(program.name()));
        }
      }
    } finally {
      gone.countDown();
    }
  }

  private boolean crawl(Arguments arguments, AotCaches caches)
      throws IOException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Demo(env, programs.with(caches), new Console(nowhere, System.err), startLimit)
        .run(arguments, DemoSite::startLarge);
  }

  /** All at once. */
  private void make(AotCaches caches) throws IOException, InterruptedException {
    for (Program program : programs.all()) {
      makers.add(start(program, caches));
      if (isBrokenOff) {
        makers.forEach(Process::destroyForcibly);
      }
    }
    for (Process maker : makers) {
      if (!maker.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || maker.exitValue() != 0) {
        makers.forEach(Process::destroyForcibly);
        throw new StartFailure("a JVM made no cache of what it learned");
      }
    }
  }

  private Process start(Program program, AotCaches caches) throws IOException {
    return new ProcessBuilder(programs.java(program, caches.optionsToMake(program.name())))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Whole or not at all: a JVM may be reading the one before. */
  private static void install(Path made, Path place) throws IOException {
    Path near = place.resolveSibling(place.getFileName() + ".new");
    Files.move(made, near, StandardCopyOption.REPLACE_EXISTING);
    Files.move(near, place, StandardCopyOption.ATOMIC_MOVE);
  }

  private void breakOff() {
    isBrokenOff = true;
    makers.forEach(Process::destroyForcibly);
    try {
      gone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
