package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One accepted call of {@code release}. */
final class Release {
  private final CrawlState crawl;
  private final ReleaseRequest request;
  private final Instant now;
  private final Set<Lane> released;

  /**
   * @param released takes the lanes that were held and are free now
   */
  Release(CrawlState crawl, ReleaseRequest request, Instant now, Set<Lane> released) {
    this.crawl = crawl;
    this.request = request;
    this.now = now;
    this.released = released;
  }

  Optional<Refusal> run() {
    for (Lane name : request.lanes()) {
      if (crawl.isHeld(name, request.session().id())) {
        LaneState lane = crawl.lane(name);
        lane.putBack(lane.ground());
        lane.free();
        released.add(name);
      }
    }
    crawl.conclude(now);
    return Optional.empty();
  }
}
