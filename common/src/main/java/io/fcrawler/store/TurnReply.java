package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The answer to {@link CrawlStore#turn}. */
public sealed interface TurnReply {
  /**
   * The call was accepted; the session's seq went up by one. Every link of a lane that is held is
   * now known to the store.
   *
   * @param status after the call
   * @param lanes a verdict for each lane named
   * @param joined authorities that joined the scope so far
   */
  record Turned(CrawlStatus status, Map<Lane, Verdict> lanes, Set<String> joined)
      implements TurnReply {
    public Turned {
      lanes = Map.copyOf(lanes);
      joined = Set.copyOf(joined);
    }

    /** Hosts that are to be left alone, and for how long. */
    public Map<String, Duration> hostPauses() {
      Map<String, Duration> pauses = new HashMap<>();
      lanes.forEach((lane, verdict) -> {
        if (verdict instanceof Held held && held.hostPause().isPositive()) {
          pauses.put(lane.host(), held.hostPause());
        }
      });
      return pauses;
    }
  }

  /** Nothing changed. */
  record Refused(Refusal refusal) implements TurnReply {}

  /** What the store says of one lane. */
  sealed interface Verdict {}

  /**
   * The lane is still this session's.
   *
   * @param claimed now in flight, in order
   * @param nextDue where fewer than asked for were claimed: when the next retry or the host's pause
   *     is due, if any
   * @param host how the crawl stands with the lane's host
   * @param hostPause how long nothing may be asked of the host from now on, on any lane; zero where
   *     it may
   */
  record Held(
      List<Entry> claimed, Optional<Duration> nextDue, HostStanding host, Duration hostPause)
      implements Verdict {
    public Held {
      claimed = List.copyOf(claimed);
    }

    /** A lane whose host is well. */
    public Held(List<Entry> claimed, Optional<Duration> nextDue) {
      this(claimed, nextDue, HostStanding.WELL, Duration.ZERO);
    }
  }

  /** The lane is another's; nothing was done for it. */
  record Lost() implements Verdict {}
}
