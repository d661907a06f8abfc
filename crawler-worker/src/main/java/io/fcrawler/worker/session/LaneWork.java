package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a lane's thread runs: takes entries until there are no more, visits each, settles it. */
public interface LaneWork {
  /**
   * Runs a lane until {@link Claims#next} is empty, on a virtual thread of its own. An interrupt
   * ends it at once.
   *
   * @param takeover whether another worker may just have asked the lane's host for something
   */
  void run(Lane lane, boolean takeover, Claims claims) throws InterruptedException;

  /**
   * Hears for how long a host is to be left alone, from now on and on any lane. Must not block.
   *
   * @param left zero where it may be asked
   * @param asked what of it the host asked for, which is for other crawls too
   */
  default void pause(String host, Duration left, Duration asked) {}

  /** A lane's side of its session. */
  interface Claims {
    /** The next entry to visit; waits for one; empty when the lane is to end. */
    Optional<Claim> next() throws InterruptedException;

    /** The time in which a request may be under way from now on; zero or less when it is over. */
    Duration leaseLeft();

    /** Authorities that joined the scope so far. */
    Set<String> joined();

    /** Hands a visit over, once its page's record is safe. Callable from any thread. */
    void settle(Visit visit);

    /** Says that a visit's record could not be put out: the session must not go on. */
    void fail(Throwable cause);
  }
}
