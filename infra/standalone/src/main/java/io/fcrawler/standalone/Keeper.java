package io.fcrawler.standalone;

import io.fcrawler.standalone.Part.Launch;
import io.fcrawler.standalone.Part.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running: starts it, says when it is ready, and starts it again when it ends. A
 * part that never was ready gets few attempts and a time limit; one that was is never given up.
 * While another process holds the part, it is not started.
 */
final class Keeper {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int FIRST_ATTEMPTS = 3;

  private final Part part;
  private final PartLog log;
  private final PidFile pidFile;
  private final Hold hold;
  private final DataFolder data;
  private final Console console;
  private final Duration startLimit;
  private final Backoff backoff = new Backoff();
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable Process current;

  /**
   * A keeper that has not started yet.
   *
   * @param startLimit how long the part may take until it is ready for the first time
   */
  Keeper(Part part, DataFolder data, Console console, Duration startLimit) {
    this.part = part;
    this.data = data;
    this.log = data.log(part.name());
    this.pidFile = data.pidFile(part.name());
    this.hold = data.hold(part.name());
    this.console = console;
    this.startLimit = startLimit;
    this.thread =
        Thread.ofPlatform()
            .name("keep-" + part.name())
            .uncaughtExceptionHandler((ended, e) -> firstReady.completeExceptionally(e))
            .unstarted(this::keep);
  }

  Part part() {
    return part;
  }

  void start() {
    thread.start();
  }

  /** Completes when the part is ready for the first time, or fails with why it is given up. */
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  void shortenLog() throws IOException {
    log.shorten();
  }

  /** Ends the part, in order if it does so in time, and returns when it is gone. */
  void stop() throws InterruptedException {
    stopping.countDown();
    Process process = running();
    if (process != null) {
      process.destroy();
      Duration grace = part.tier().stopGrace();
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        console.line(
            "%s does not end within %d s: killing it".formatted(part.name(), grace.toSeconds()));
        process.destroyForcibly();
      }
    }
    thread.join();
  }

  private void keep() {
    try {
      int attempt = 0;
      while (awaitFree()) {
        long startedNs = System.nanoTime();
        String end = runOnce();
        if (isStopping()) {
          break;
        }
        if (hold.holder().isPresent()) {
          continue;
        }
        attempt++;
        if (!firstReady.isDone() && attempt == FIRST_ATTEMPTS) {
          throw new StartFailure(part.name() + " does not start: it " + end);
        }
        Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - startedNs));
        console.line(restartLine(end, wait));
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      firstReady.completeExceptionally(new StartFailure(part.name() + " was stopped"));
    } catch (StartFailure e) {
      firstReady.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      firstReady.completeExceptionally(e);
    }
  }

  /** Waits while another process holds the part; whether it is to be started then. */
  private boolean awaitFree() throws InterruptedException {
    Optional<String> told = Optional.empty();
    Optional<String> holder = hold.holder();
    while (holder.isPresent() && !isStopping()) {
      if (!holder.equals(told)) {
        console.line("%s is held by %s".formatted(part.name(), holder.get()));
        told = holder;
      }
      stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
      holder = hold.holder();
    }
    return !isStopping();
  }

  private String restartLine(String end, Duration wait) {
    return "%s %s; starting it again in %s s".formatted(part.name(), end, wait.toMillis() / 1000.0);
  }

  /** Runs the part until it ends, and says how it did. */
  private String runOnce() throws InterruptedException {
    try {
      log.mark();
      Launch launch = part.launch().get();
      Process process = launch(launch);
      if (process == null) {
        return "was stopped";
      }
      boolean wasReady = awaitReady(process, launch);
      int code = process.waitFor();
      pidFile.delete();
      Optional<String> repaired =
          wasReady ? Optional.empty() : part.repair().apply(log.sinceMark());
      return repaired.orElseGet(() -> describe(code, wasReady));
    } catch (StartFailure e) {
      if (!firstReady.isDone()) {
        throw e;
      }
      return "could not be started: " + e.line();
    } catch (IOException e) {
      return "could not be started: " + e.getMessage();
    }
  }

  private synchronized @Nullable Process launch(Launch launch) throws IOException {
    if (isStopping()) {
      return null;
    }
    ProcessBuilder builder =
        new ProcessBuilder(launch.command())
            .directory(data.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file()));
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    current = process;
    pidFile.write(process.toHandle());
    return process;
  }

  /** Whether the part got ready; it has ended, or is about to, if it didn't. */
  private boolean awaitReady(Process process, Launch launch) throws InterruptedException {
    long deadline = System.nanoTime() + startLimit.toNanos();
    while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      Readiness readiness = launch.check().of(process.toHandle());
      if (readiness == Readiness.READY) {
        console.line("%s is ready: %s".formatted(part.name(), launch.where()));
        firstReady.complete(null);
        return true;
      }
      if (readiness == Readiness.WORKING || firstReady.isDone()) {
        deadline = System.nanoTime() + startLimit.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new StartFailure(
            "%s is not ready within %d s; %s says: %s"
                .formatted(part.name(), startLimit.toSeconds(), log.file(), log.lastLine()));
      }
    }
    return false;
  }

  private String describe(int code, boolean wasReady) {
    String how = code > 128 ? "was ended by signal " + (code - 128) : "ended with code " + code;
    return wasReady ? how : "%s; %s says: %s".formatted(how, log.file(), log.lastLine());
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private synchronized @Nullable Process running() {
    return current;
  }
}
