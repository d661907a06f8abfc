package io.fcrawler.worker.fetch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts down the time of one fetch, but for when it stood still through no fault of the server.
 */
final class Timer {
  private final LongSupplier nanoTicker;
  private long startNs;
  private final long limitNs;

  Timer(LongSupplier nanoTicker, Duration limit) {
    this.nanoTicker = nanoTicker;
    this.startNs = nanoTicker.getAsLong();
    this.limitNs = limit.toNanos();
  }

  /** Leaves out a time that has passed. */
  void leaveOut(long ns) {
    startNs += ns;
  }

  long nowNs() {
    return nanoTicker.getAsLong();
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTicker.getAsLong() - startNs);
  }

  /** What is left of the limit; negative or 0 once it is over. */
  long leftNs() {
    return limitNs - (nanoTicker.getAsLong() - startNs);
  }
}
