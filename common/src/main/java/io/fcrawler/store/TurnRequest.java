package io.fcrawler.store;

import java.time.Duration;
import java.util.List;

/**
 * Settles and claims for a session's lanes, and renews all leases named.
 *
 * @param lease how long the lanes are held without a further call
 * @param patience with hosts that fail
 * @param lanes those that this call is about, each once; together at most {@value #MAX_OUTCOMES}
 *     outcomes and {@value #MAX_LINKS} links
 */
public record TurnRequest(
    SessionRef session, Duration lease, HostPatience patience, List<LaneTurn> lanes) {
  public static final int MAX_OUTCOMES = 200;
  public static final int MAX_LINKS = 2000;

  public TurnRequest {
    lanes = List.copyOf(lanes);
    if (lanes.stream().map(LaneTurn::lane).distinct().count() != lanes.size()) {
      throw new IllegalArgumentException("a lane twice in a turn");
    }
    int outcomes = lanes.stream().mapToInt(lane -> lane.outcomes().size()).sum();
    int links = lanes.stream().mapToInt(lane -> lane.links().size()).sum();
    if (outcomes > MAX_OUTCOMES || links > MAX_LINKS) {
      throw new IllegalArgumentException(
          "too much for a turn: " + outcomes + " outcomes, " + links + " links");
    }
  }

  /** The same with the default patience. */
  public TurnRequest(SessionRef session, Duration lease, List<LaneTurn> lanes) {
    this(session, lease, HostPatience.DEFAULT, lanes);
  }
}
