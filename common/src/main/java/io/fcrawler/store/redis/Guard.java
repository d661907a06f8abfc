package io.fcrawler.store.redis;

import io.fcrawler.store.IncompatibleStoreException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that calls meet a Redis that this program can go on with, though another one may take
 * its place, or a newer program may change it: before the first call, before those after one that
 * failed, and before one call every few seconds, so that a slow Redis holds up few. Thread-safe.
 */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private final AtomicLong nextNs = new AtomicLong(System.nanoTime());
  private final AtomicBoolean refused = new AtomicBoolean();
  private volatile Runnable check = () -> {};
  private volatile boolean open;

  /**
   * @param check throws where no call may be made
   */
  void set(Runnable check) {
    this.check = check;
  }

  /** Throws what the check throws, if it is due. */
  void pass() {
    long due = nextNs.get();
    long now = System.nanoTime();
    boolean mine = now - due >= 0 && nextNs.compareAndSet(due, now + EVERY_NS);
    if (mine || !open) {
      check();
    }
  }

  private void check() {
    try {
      check.run();
      open = true;
      refused.set(false);
    } catch (IncompatibleStoreException e) {
      if (refused.compareAndSet(false, true)) {
        LOG.error("No call is made: {}", e.getMessage());
      }
      throw e;
    }
  }

  /** Has the check be due before every call, until it passes. */
  void close() {
    open = false;
  }
}
