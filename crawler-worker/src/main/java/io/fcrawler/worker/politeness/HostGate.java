package io.fcrawler.worker.politeness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The gate of one host: between two request starts lies at least the larger of both requests'
 * delays and of what the host's own pace asks for ({@link AdaptiveDelay}), and no more requests are
 * under way than the caller allows. Thread-safe.
 */
public final class HostGate {
  /** A pause that is waited for at the gate. */
  private static final long PATIENCE_NS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private final AdaptiveDelay.Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** When the last request started; with its delay, when the next one may. */
  private long lastStartNs;

  private long lastDelayNs;
  private long pausedUntilNs;
  private String pausedFor = "";
  private int underWay;
  private boolean starting;

  /**
   * Makes a gate.
   *
   * @param lastStartNs the latest time at which another worker may have asked the host
   */
  HostGate(LongSupplier nanos, AdaptiveDelay adaptive, long lastStartNs) {
    this.nanos = nanos;
    this.pace = adaptive.new Pace();
    this.lastStartNs = lastStartNs;
    this.pausedUntilNs = nanos.getAsLong();
  }

  /**
   * Waits for its turn.
   *
   * @param delay the least time since the last start, and until the next
   * @param connections the most requests under way, this one among them
   * @param trouble what the caller's crawl holds against the host
   * @throws HostPausedException where the host is to be left alone for longer than a second
   */
  public Pass enter(Duration delay, int connections, HostTrouble trouble)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long waitNs = waitNs(delay, connections, trouble);
      while (waitNs > 0) {
        checkPauses(trouble);
        if (waitNs == Long.MAX_VALUE) {
          changed.await();
        } else {
          long _ = changed.awaitNanos(waitNs);
        }
        waitNs = waitNs(delay, connections, trouble);
      }
      return pass(delay);
    } finally {
      lock.unlock();
    }
  }

  /** Enters as {@link #enter} does if it need not wait; empty if it must. */
  Optional<Pass> tryEnter(Duration delay, int connections, HostTrouble trouble) {
    lock.lock();
    try {
      return waitNs(delay, connections, trouble) > 0 ? Optional.empty() : Optional.of(pass(delay));
    } finally {
      lock.unlock();
    }
  }

  private Pass pass(Duration delay) {
    underWay++;
    starting = true;
    lastDelayNs = delay.toNanos();
    lastStartNs = nanos.getAsLong();
    return new Pass();
  }

  private void checkPauses(HostTrouble trouble) {
    long askedNs = pausedUntilNs - nanos.getAsLong();
    long ownNs = trouble.leftNs();
    if (Math.max(askedNs, ownNs) > PATIENCE_NS) {
      throw new HostPausedException(
          Duration.ofNanos(Math.max(askedNs, ownNs)),
          Duration.ofNanos(Math.max(askedNs, 0)),
          askedNs > ownNs ? pausedFor : trouble.lastFailure());
    }
  }

  private long waitNs(Duration delay, int connections, HostTrouble trouble) {
    return Math.max(waitNs(delay.toNanos(), connections), trouble.leftNs());
  }

  private long waitNs(long delayNs, int connections) {
    long spacing = Math.max(Math.max(delayNs, lastDelayNs), pace.delayNs());
    if (underWay >= connections || (starting && spacing > 0)) {
      return Long.MAX_VALUE;
    }
    long now = nanos.getAsLong();
    return Math.max(lastStartNs + spacing - now, pausedUntilNs - now);
  }

  /** Hears that the host is asked too much. */
  public void throttled() {
    lock.lock();
    try {
      if (pausedUntilNs - nanos.getAsLong() <= 0) { // else it was sent before that
        pace.throttled();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nobody in for as long as the host asked for.
   *
   * @param reason by which those are told who find the host paused
   */
  public void pause(Duration duration, String reason) {
    lock.lock();
    try {
      long until = nanos.getAsLong() + duration.toNanos();
      if (until - pausedUntilNs > 0) {
        pausedUntilNs = until;
        pausedFor = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that another worker may have asked the host until now. */
  public void takenOver() {
    askedUntil(nanos.getAsLong());
  }

  /** Says that the host may have been asked until then, on the monotonic clock. */
  void askedUntil(long untilNs) {
    lock.lock();
    try {
      if (untilNs - lastStartNs > 0) {
        lastStartNs = untilNs;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The leave for one request. Closed when the request is over. */
  public final class Pass implements AutoCloseable {
    private boolean pending = true;
    private boolean answered;
    private long sentNs;

    /**
     * Says that the request has just been sent, or that its answer has just begun. The delay counts
     * from the answer, before which the server has seen the request for certain; from the sending
     * only where another may start before there is one. So no connection, and no machine, that is
     * slow for a moment brings two requests together.
     */
    public void started() {
      lock.lock();
      try {
        long now = nanos.getAsLong();
        if (!pending && !answered) {
          pace.answered(now - sentNs);
        }
        goneOn(now);
      } finally {
        lock.unlock();
      }
    }

    private void goneOn(long now) {
      if (answered) {
        return;
      } else if (pending) {
        pending = false;
        starting = false;
        sentNs = now;
        lastStartNs = now;
        changed.signalAll();
      } else {
        answered = true;
        lastStartNs = lastStartNs == sentNs ? now : lastStartNs;
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        goneOn(nanos.getAsLong());
        underWay--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
