package io.fcrawler.worker.fetch;

import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one call in time and in memory. Its time stands still while it waits for memory,
 * which is no fault of the server: OkHttp's own limit of a call would run on.
 */
final class CallLimit {
  private final Timer timer;
  private final Hold memory;
  private final int mostBody;
  private final AsyncTimeout time =
      new AsyncTimeout() {
        @Override
        protected void timedOut() {
          CallLimit.this.cancel();
        }
      };
  private volatile @Nullable Call call;
  private long beside;
  private boolean waited;
  private boolean over;

  /**
   * The bounds of a call.
   *
   * @param mostBody bytes of the decoded body that are wanted
   */
  CallLimit(Timer timer, Hold memory, int mostBody) {
    this.timer = timer;
    this.memory = memory;
    this.mostBody = mostBody;
  }

  /** Ends the call at once. */
  void cancel() {
    @Nullable Call bounded = call;
    if (bounded != null) {
      bounded.cancel();
    }
  }

  /** Starts the time of a call. */
  void begin(Call bounded) throws InterruptedIOException {
    call = bounded;
    begin();
  }

  private void begin() throws InterruptedIOException {
    long leftNs = timer.leftNs();
    if (leftNs <= 0) {
      over = true;
      throw new InterruptedIOException("timeout");
    }
    time.timeout(leftNs, TimeUnit.NANOSECONDS);
    time.enter();
  }

  /** Stops the time; the last thing that is done. */
  void end() {
    over |= time.exit();
  }

  /** Whether the time was over. */
  boolean isOver() {
    return over;
  }

  /** Whether the server had to wait for this worker's memory. */
  boolean hasWaited() {
    return waited;
  }

  /** The most that is kept of a body. */
  int bodyLimit(int wanted) {
    return Math.min(Math.min(wanted, mostBody), memory.plan().body());
  }

  /**
   * Holds bytes for as long as the call takes, beside those of its body.
   *
   * @param atOnce as for {@link #holdAtOnce}
   */
  void holdBeside(long bytes, boolean atOnce) throws IOException {
    beside += bytes;
    if (bytes > 0 && atOnce) {
      holdAtOnce(0, Use.FEW);
    } else if (bytes > 0) {
      hold(0, Use.FEW);
    }
  }

  /**
   * Holds so many bytes, or more.
   *
   * @throws InterruptedIOException where the time was over before, or the thread is interrupted
   */
  void hold(long bytes, Use use) throws IOException {
    if (memory.tryGrowTo(beside + bytes, use)) {
      return;
    }
    end();
    if (over) {
      throw new InterruptedIOException("timeout");
    }
    long fromNs = timer.nowNs();
    try {
      waited = true;
      memory.growTo(beside + bytes, use);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // seen by the fetcher
      throw new InterruptedIOException("interrupted");
    }
    timer.leaveOut(timer.nowNs() - fromNs);
    begin();
  }

  /** The same while the server cannot be held up: what it sends meanwhile would be kept. */
  void holdAtOnce(long bytes, Use use) throws OutOfBudgetException {
    if (!memory.tryGrowTo(beside + bytes, use)) {
      waited = true;
      throw new OutOfBudgetException();
    }
  }
}
