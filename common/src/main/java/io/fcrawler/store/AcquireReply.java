package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.time.Duration;
import java.util.Map;

/** The answer to {@link CrawlStore#acquire}. */
public sealed interface AcquireReply {
  /** The call was accepted; the session's seq went up by one. */
  record Acquired(Map<Lane, Grant> lanes) implements AcquireReply {
    public Acquired {
      lanes = Map.copyOf(lanes);
    }
  }

  /** Nothing changed. */
  record Refused(Refusal refusal) implements AcquireReply {}

  /** The verdict on one lane. */
  sealed interface Grant {}

  /**
   * The lane is this session's.
   *
   * @param takeover whether another session held it before without releasing it
   */
  record Granted(boolean takeover) implements Grant {}

  /** Another session holds the lane, for {@code remaining} if it does not renew. */
  record Wait(Duration remaining) implements Grant {}
}
