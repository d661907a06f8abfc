package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.util.List;

/** Gives lanes back: what is in flight in them returns to the head of their queues. */
public record ReleaseRequest(SessionRef session, List<Lane> lanes) {
  public ReleaseRequest {
    lanes = List.copyOf(lanes);
  }
}
