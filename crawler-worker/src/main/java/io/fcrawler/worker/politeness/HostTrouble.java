package io.fcrawler.worker.politeness;

import io.fcrawler.store.HostPatience;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one crawl holds against a host, in this worker. Another crawl may fare better there, as at
 * another port: only what a host asks for itself is for all ({@link HostGate#pause}). Thread-safe.
 */
public final class HostTrouble {
  private final LongSupplier nanos;
  private final int patience;
  private long pausedUntilNs;
  private String lastFailure = "";
  private int failures;

  /**
   * Holds nothing against the host yet.
   *
   * @param nanos the monotonic clock, ns
   * @param patience URLs that may fail in a row before the host is left alone for a moment, until
   *     the store says for how long
   */
  HostTrouble(LongSupplier nanos, int patience) {
    this.nanos = nanos;
    this.patience = patience;
    this.pausedUntilNs = nanos.getAsLong();
  }

  /**
   * Hears that the host failed.
   *
   * @param reason by which those are told who find the host paused
   * @param counts whether this was the first attempt at its URL
   */
  public synchronized void failed(String reason, boolean counts) {
    lastFailure = reason;
    failures += counts ? 1 : 0;
    if (counts && failures >= patience) {
      pause(HostPatience.FIRST_PAUSE);
    }
  }

  /** Hears that the host answered as it should. */
  public synchronized void well() {
    failures = 0;
  }

  /** Has the crawl leave the host alone for a while. */
  public synchronized void pause(Duration duration) {
    long untilNs = nanos.getAsLong() + duration.toNanos();
    if (untilNs - pausedUntilNs > 0) {
      pausedUntilNs = untilNs;
    }
  }

  /** How long the crawl has still to leave the host alone, ns; not above 0 where it need not. */
  synchronized long leftNs() {
    return pausedUntilNs - nanos.getAsLong();
  }

  synchronized String lastFailure() {
    return lastFailure;
  }
}
