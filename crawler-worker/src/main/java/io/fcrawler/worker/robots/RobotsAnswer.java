package io.fcrawler.worker.robots;

import io.fcrawler.worker.fetch.FetchOutcome;

/** What is known of a site's robots.txt. */
public sealed interface RobotsAnswer {
  /** The site's rules. */
  record Known(RobotsRules rules) implements RobotsAnswer {}

  /**
   * The rules cannot be known now, so that nothing may be fetched (RFC 9309, section 2.3.1.4).
   *
   * @param cause why robots.txt was not fetched: {@link FetchOutcome.Deferred} or {@link
   *     FetchOutcome.Rejected}
   */
  record Unreachable(FetchOutcome cause) implements RobotsAnswer {}
}
