package io.fcrawler.standalone;

import io.fcrawler.standalone.Part.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts all parts phase by phase, keeps them running, and stops them tier by tier. While workers
 * end, what they need is still kept running: a signal to the whole process group ends everything at
 * once.
 */
final class Supervisor {
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  private final List<Keeper> keepers;
  private final Console console;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  Supervisor(List<Part> parts, DataFolder data, Console console, Duration startLimit) {
    this.console = console;
    this.keepers = parts.stream().map(part -> new Keeper(part, data, console, startLimit)).toList();
  }

  /**
   * Returns when all parts are ready.
   *
   * @throws StartFailure as soon as one can't be; the others go on until {@link #stop()}
   */
  void start() {
    for (int phase = 1; phase <= Tier.PHASES; phase++) {
      startPhase(phase);
    }
  }

  private void startPhase(int phase) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    CompletableFuture<Void> failure = new CompletableFuture<>();
    for (Keeper keeper : keepers) {
      if (keeper.part().tier().phase() == phase) {
        keeper.start();
        all.add(
            keeper
                .firstReady()
                .whenComplete((ready, e) -> {
                  if (e != null) {
                    failure.completeExceptionally(e);
                  }
                }));
      }
    }
    await(
        CompletableFuture.anyOf(
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), failure));
  }

  private static void await(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartFailure failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Returns when the parts were stopped; until then looks after their logs. */
  void keepUntilStopped() throws InterruptedException {
    while (!stopped.await(HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS)) {
      for (Keeper keeper : keepers) {
        try {
          keeper.shortenLog();
        } catch (IOException e) {
          console.line("the log of %s: %s".formatted(keeper.part().name(), e.getMessage()));
        }
      }
    }
  }

  /** Ends all parts, in bounded time; a second call waits for the first. */
  void stop() throws InterruptedException {
    if (stopping.getAndSet(true)) {
      stopped.await();
      return;
    }
    for (Tier tier : List.of(Tier.values()).reversed()) {
      stopTier(tier);
    }
    stopped.countDown();
  }

  /** Whether {@link #stop()} was called. */
  boolean isStopping() {
    return stopping.get();
  }

  private void stopTier(Tier tier) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Keeper keeper : keepers) {
      if (keeper.part().tier() == tier) {
        threads.add(
            Thread.ofPlatform().name("stop-" + keeper.part().name()).start(() -> stop(keeper)));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void stop(Keeper keeper) {
    try {
      keeper.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
