package io.fcrawler.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what other threads or processes bring about. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Eventually() {}

  /** Returns when the condition holds; fails, saying {@code what}, if it does not in time. */
  public static void holds(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    while (!asked(condition)) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean asked(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError("the condition failed", e);
    }
  }
}
