package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.link.SpelledUrl;
import java.util.Optional;

/** Fetches a site's robots.txt (RFC 9309, section 2.3.1). */
final class RobotsReader {
  private static final int MAX_REDIRECTS = 5;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final RobotsFile NONE = new RobotsFile.Text(new byte[0]);

  private RobotsReader() {}

  /**
   * Fetches the robots.txt of a site.
   *
   * @param site scheme and authority
   */
  static RobotsFile read(String site, RobotsFetching fetch) throws InterruptedException {
    Optional<SpelledUrl> url = CrawlUrl.parse(site + "/robots.txt").map(SpelledUrl::of);
    for (int redirects = 0; url.isPresent() && redirects <= MAX_REDIRECTS; redirects++) {
      FetchOutcome outcome = fetch.fetch(url.get());
      if (!(outcome instanceof Redirected redirected)) {
        return answer(outcome);
      }
      url = redirected.location().flatMap(url.get()::resolve);
    }
    return NONE; // too many redirects, or one to nowhere: as if there were none
  }

  private static RobotsFile answer(FetchOutcome outcome) {
    return switch (outcome) {
      case Fetched fetched -> new RobotsFile.Text(fetched.body());
      case Rejected rejected -> failed(rejected);
      case Deferred deferred -> failed(deferred);
      case Redirected redirected -> NONE;
    };
  }

  /** There is none at any client error, but at 429, which says nothing of it. */
  private static RobotsFile failed(FetchOutcome outcome) {
    int status = outcome.status();
    boolean none = status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
    return none ? NONE : new RobotsFile.Unreachable(outcome);
  }
}
