package io.fcrawler.worker.fetch;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads for blocking look-ups, which wait for a free one in order. A look-up that takes
 * long keeps its thread, but is no longer counted: another thread is started for those that wait,
 * up to a bound. Thread-safe.
 */
final class LookupThreads implements AutoCloseable {
  private static final long IDLE_S = 10;

  private final int threads;
  private final int spare;
  private final Executor patience;
  private final ThreadPoolExecutor pool;

  /** Look-ups under way that take long; guarded by this. */
  private int slow;

  /**
   * @param threads for look-ups that do not take long
   * @param spare the most threads beside them, each for a look-up that takes long
   * @param patience runs a task once a look-up that began when it was given takes long
   */
  LookupThreads(String name, int threads, int spare, Executor patience) {
    this.threads = threads;
    this.spare = spare;
    this.patience = patience;
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads + spare,
            IDLE_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Has a look-up run.
   *
   * @param onSlow run where it takes long, while it is under way
   */
  void execute(Runnable lookup, Runnable onSlow) {
    pool.execute(() -> {
      Turn turn = new Turn();
      patience.execute(() -> {
        if (turn.becameSlow()) {
          onSlow.run();
        }
      });
      try {
        lookup.run();
      } finally {
        turn.end();
      }
    });
  }

  /** A look-up under way. */
  private final class Turn {
    private boolean isSlow;
    private boolean ended;

    /** False where it had ended. */
    boolean becameSlow() {
      synchronized (LookupThreads.this) {
        if (!ended) {
          isSlow = true;
          countSlow(1);
        }
        return isSlow;
      }
    }

    void end() {
      synchronized (LookupThreads.this) {
        ended = true;
        if (isSlow) {
          countSlow(-1);
        }
      }
    }
  }

  private synchronized void countSlow(int change) {
    slow += change;
    pool.setCorePoolSize(threads + Math.min(slow, spare));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
