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

    /** What is said of each host: by any of its lanes, as all say the same. */
    public Map<String, Held> hosts() {
      Map<String, Held> hosts = new HashMap<>();
      lanes.forEach((lane, verdict) -> {
        if (verdict instanceof Held held) {
          hosts.put(lane.host(), held);
        }
      });
      return hosts;
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
   * @param asked how long the host itself asked to be left alone, by whomever; zero where it did
   *     not
   */
  record Held(
      List<Entry> claimed,
      Optional<Duration> nextDue,
      HostStanding host,
      Duration hostPause,
      Duration asked)
      implements Verdict {
    public Held {
      claimed = List.copyOf(claimed);
    }

    /** A lane whose host is well. */
    public Held(List<Entry> claimed, Optional<Duration> nextDue) {
      this(claimed, nextDue, HostStanding.WELL, Duration.ZERO, Duration.ZERO);
    }
  }

  /** The lane is another's; nothing was done for it. */
  record Lost() implements Verdict {}
}
