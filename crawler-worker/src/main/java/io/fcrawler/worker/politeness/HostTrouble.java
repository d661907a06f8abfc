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

  /** As the store told. */
  private long toldUntilNs;

  /** Until the store tells. */
  private long ownUntilNs;

  private String lastFailure = "";
  private boolean troubled;
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
    this.toldUntilNs = nanos.getAsLong();
    this.ownUntilNs = toldUntilNs;
  }

  /**
   * Hears that the host failed.
   *
   * @param reason by which those are told who find the host paused
   * @param counts whether this was the first attempt at its URL
   */
  public synchronized void failed(String reason, boolean counts) {
    lastFailure = reason;
    troubled = true;
    failures += counts ? 1 : 0;
    if (counts && failures >= patience) {
      ownUntilNs = nanos.getAsLong() + HostPatience.FIRST_PAUSE.toNanos();
    }
  }

  /** Hears that the store holds something against the host. */
  public synchronized void troubled() {
    troubled = true;
  }

  /** Hears that the host answered as it should; whether that is news. */
  public synchronized boolean well() {
    boolean news = troubled;
    troubled = false;
    failures = 0;
    ownUntilNs = nanos.getAsLong();
    return news;
  }

  /** Hears from the store how long the crawl is to leave the host alone; zero for no more. */
  public synchronized void pause(Duration left) {
    toldUntilNs = nanos.getAsLong() + left.toNanos();
  }

  /** How long the crawl has still to leave the host alone, ns; not above 0 where it need not. */
  synchronized long leftNs() {
    long now = nanos.getAsLong();
    return Math.max(toldUntilNs - now, ownUntilNs - now);
  }

  synchronized String lastFailure() {
    return lastFailure;
  }
}
