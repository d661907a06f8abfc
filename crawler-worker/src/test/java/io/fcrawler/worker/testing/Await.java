package io.fcrawler.worker.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
public final class Await {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final long POLL_NS = Duration.ofMillis(2).toNanos();

  private Await() {}

  /** Returns once {@code condition} holds; fails if it does not within two minutes. */
  public static void until(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("not within " + DEADLINE + ": " + what);
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }
}
