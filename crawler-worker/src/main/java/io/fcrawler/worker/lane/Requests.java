package io.fcrawler.worker.lane;

import io.fcrawler.store.RobotsStore;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.Cookies;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.PageRequest;
import io.fcrawler.worker.link.SpelledUrl;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.politeness.HostGate;
import io.fcrawler.worker.politeness.HostPausedException;
import io.fcrawler.worker.robots.RobotsFetching;
import io.fcrawler.worker.session.LaneWork.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends one lane's requests, each when its host's turn has come, and only within the lane's lease.
 *
 * @param gates of the lane
 */
record Requests(LaneParts parts, CrawlParts crawl, LaneGates gates, Claims claims) {
  /** Longer than any that is configured. */
  private static final Duration FETCH_LIMIT = Duration.ofHours(1);

  /** What counts of a robots.txt (RFC 9309, section 2.5), and one byte to see that it goes on. */
  static final int MOST_ROBOTS = RobotsStore.MAX_LENGTH + 1;

  /** Whether the server has not begun to work on a request, so that it may be sent again. */
  static boolean isUntaken(FetchOutcome outcome) {
    return outcome instanceof Deferred deferred && deferred.untaken();
  }

  /** Asks for a page of the lane's host. */
  FetchOutcome page(SpelledUrl url, Cookies cookies, Duration delay, Hold memory)
      throws InterruptedException {
    return fetch(new PageRequest(url.url(), url.text(), cookies), delay, gates, memory);
  }

  /** As {@link #page}; once more where the server has not begun to work on the request. */
  FetchOutcome hop(SpelledUrl url, Cookies cookies, Duration delay, Hold memory)
      throws InterruptedException {
    FetchOutcome outcome = page(url, cookies, delay, memory);
    return isUntaken(outcome) ? page(url, cookies, delay, memory) : outcome;
  }

  /** How the robots.txt that holds for a page is asked for, with cookies of its own. */
  RobotsFetching robots(CrawlUrl page, Cookies cookies, Duration delay, Hold memory) {
    return new RobotsFetching() {
      @Override
      public FetchOutcome fetch(CrawlUrl url) throws InterruptedException {
        return fetch(SpelledUrl.of(url));
      }

      @Override
      public FetchOutcome fetch(SpelledUrl url) throws InterruptedException {
        PageRequest request = new PageRequest(url.url(), url.text(), cookies, MOST_ROBOTS);
        return robots(request, page, delay, memory);
      }
    };
  }

  /**
   * Asks for a robots.txt, which may have been redirected to another host. Where that one is to be
   * left alone, it is unreachable for now.
   */
  private FetchOutcome robots(PageRequest request, CrawlUrl page, Duration delay, Hold memory)
      throws InterruptedException {
    CrawlUrl url = request.url();
    Optional<FetchOutcome> spare = parts.spare().take(crawl.crawl().crawl(), url);
    if (spare.isPresent()) {
      return spare.get();
    }
    if (url.host().equals(page.host())) {
      return robots(request, delay, gates, memory);
    }
    LaneGates others =
        new LaneGates(
            parts.gates().of(url.host()),
            gates.lane(),
            crawl.trouble(url.host()),
            gates.connections());
    try {
      return robots(request, delay, others, memory);
    } catch (HostPausedException e) {
      Duration none = Duration.ZERO;
      return new Deferred(url, e.reason(), 0, Optional.empty(), false, false, none, Instant.now());
    }
  }

  private FetchOutcome robots(PageRequest request, Duration delay, LaneGates passed, Hold memory)
      throws InterruptedException {
    FetchOutcome outcome = fetch(request, delay, passed, memory);
    return isUntaken(outcome) ? fetch(request, delay, passed, memory) : outcome;
  }

  private FetchOutcome fetch(PageRequest request, Duration delay, LaneGates passed, Hold memory)
      throws InterruptedException {
    FetchOutcome outcome = send(request, delay, passed, memory);
    return memory.isLacking() ? send(request, delay, passed, memory) : outcome;
  }

  private FetchOutcome send(PageRequest request, Duration delay, LaneGates passed, Hold memory)
      throws InterruptedException {
    memory.release(); // whoever has the host's turn may wait for it
    try (HostGate.Pass _ = passed.enterLane();
        HostGate.Pass pass = passed.enterHost(delay)) {
      if (claims.leaseLeft().isNegative()) {
        throw new InterruptedException("the lane's lease is over");
      }
      parts.metrics().fetching();
      try {
        FetchOutcome outcome = parts.fetcher().fetch(request, FETCH_LIMIT, memory, pass::started);
        parts.metrics().fetched(outcome);
        return outcome;
      } finally {
        parts.metrics().fetchOver();
      }
    }
  }
}
