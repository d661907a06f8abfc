package io.fcrawler.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends the parts that an earlier launcher, which was killed, left on the same data folder: the
 * workers first, as they are ending by themselves and need Redis for it.
 */
final class Leftovers {
  private static final List<String> ORDER = List.of("crawler-worker", "submit-api", "kafka");
  private static final Duration GRACE = Duration.ofSeconds(35);
  private static final Duration POLL = Duration.ofMillis(50);

  private final DataFolder data;
  private final Console console;

  Leftovers(DataFolder data, Console console) {
    this.data = data;
    this.console = console;
  }

  void end() {
    try {
      List<PidFile> files = data.pidFiles();
      files.sort(Comparator.comparingInt(Leftovers::rank));
      for (PidFile file : files) {
        file.process().ifPresent(process -> end(file.part(), process));
        file.delete();
      }
    } catch (IOException e) {
      throw new StartFailure("cannot read " + data.run() + ": " + e.getMessage(), e);
    }
  }

  private static int rank(PidFile file) {
    for (int i = 0; i < ORDER.size(); i++) {
      if (file.part().startsWith(ORDER.get(i))) {
        return i;
      }
    }
    return ORDER.size();
  }

  private void end(String part, ProcessHandle process) {
    console.line("ending what an earlier start left: %s, pid %d".formatted(part, process.pid()));
    process.destroy();
    if (!hasEnded(process, GRACE)) {
      process.destroyForcibly();
      if (!hasEnded(process, GRACE)) {
        throw new StartFailure(
            "%s of an earlier start, pid %d, cannot be ended: end it by hand"
                .formatted(part, process.pid()));
      }
    }
  }

  private static boolean hasEnded(ProcessHandle process, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      while (PidFile.isRunning(process) && System.nanoTime() < deadline) {
        awaitBriefly(exit);
      }
      return !PidFile.isRunning(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted", e);
    }
  }

  private static void awaitBriefly(CompletableFuture<ProcessHandle> exit)
      throws InterruptedException {
    try {
      exit.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Asked again by the caller, who knows the time limit.
      return;
    }
  }
}
