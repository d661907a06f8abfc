package io.fcrawler.store.redis;

import io.fcrawler.store.NotExecutedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where calls wait that may come by the thousand, as those of all sessions of a worker that starts:
 * in the order of their coming, and without a connection. Thread-safe.
 */
final class CallQueue {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param atOnce calls that are under way at most
   * @param patience how long one waits
   */
  CallQueue(int atOnce, Duration patience) {
    this.free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /**
   * Makes a call when it is its turn.
   *
   * @throws NotExecutedException if that does not come in time
   */
  <T> T make(Supplier<T> call) {
    if (!entered()) {
      throw new NotExecutedException("too many calls wait for Redis");
    }
    try {
      return call.get();
    } finally {
      free.release();
    }
  }

  private boolean entered() {
    try {
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
