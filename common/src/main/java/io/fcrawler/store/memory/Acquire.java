package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Grant;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireReply.Wait;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One accepted call of {@code acquire}. */
final class Acquire {
  private static final int DELAYED_FROM = 3;
  private static final int ABANDONED_FROM = 10;
  private static final Duration DELAY = Duration.ofSeconds(60);

  private final CrawlState crawl;
  private final AcquireRequest request;
  private final String session;
  private final Instant now;

  Acquire(CrawlState crawl, AcquireRequest request, Instant now) {
    this.crawl = crawl;
    this.request = request;
    this.session = request.session().id();
    this.now = now;
  }

  AcquireReply run() {
    request.predecessor().filter(id -> !id.equals(session)).ifPresent(crawl.sessions()::end);
    Map<Lane, Grant> grants = new LinkedHashMap<>();
    for (Lane lane : request.lanes()) {
      grants.computeIfAbsent(lane, this::grant);
    }
    crawl.conclude(now);
    return new Acquired(grants);
  }

  private Grant grant(Lane name) {
    LaneState lane = crawl.lane(name);
    if (lane.heldBy(session)) {
      lane.hold(session, now.plus(request.lease()));
      return new Granted(false);
    }
    boolean takeover = lane.held() && request.predecessor().filter(lane::heldBy).isEmpty();
    if (takeover && lane.remaining(now).isPositive()) {
      return new Wait(lane.remaining(now));
    }
    lane.putBack(takeover ? survivors(lane) : lane.ground());
    lane.hold(session, now.plus(request.lease()));
    return new Granted(takeover);
  }

  /** Counts the take-over of what was in flight; what was taken over too often is not returned. */
  private List<Entry> survivors(LaneState lane) {
    List<Entry> survivors = new ArrayList<>();
    for (Entry entry : lane.ground()) {
      Entry next = entry.takenOver();
      if (next.takeovers() >= ABANDONED_FROM) {
        crawl.ledger().failed(abandoned(next));
      } else if (next.takeovers() >= DELAYED_FROM) {
        lane.delay(next, now.plus(DELAY));
      } else {
        survivors.add(next);
      }
    }
    return survivors;
  }

  private Failure abandoned(Entry entry) {
    return new Failure(entry.url(), "abandoned", 0, entry.takeovers(), entry.referrer(), now);
  }
}
