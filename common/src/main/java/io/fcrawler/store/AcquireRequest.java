package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks for lanes.
 *
 * @param predecessor the same worker's former session on this crawl, all of whose requests have
 *     ended: it is ended for good, and its lanes count as released
 * @param lease how long the lanes are held without a further call
 * @param lanes at most {@value #MAX_LANES}
 */
public record AcquireRequest(
    SessionRef session, Optional<String> predecessor, Duration lease, List<Lane> lanes) {
  public static final int MAX_LANES = 100;

  public AcquireRequest {
    lanes = List.copyOf(lanes);
    if (lanes.size() > MAX_LANES) {
      throw new IllegalArgumentException("too many lanes in a call: " + lanes.size());
    }
  }
}
