package io.fcrawler.worker.robots;

import java.time.Duration;

/**
 * How robots.txt is read and kept.
 *
 * @param productToken the name by which robots.txt knows this crawler, in lower case
 * @param maxCrawlDelay the cap on crawl-delay
 * @param timeToLive how long a site's rules are kept; at most a day (RFC 9309, section 2.4)
 * @param unreachableFor how long a failure is kept; zero for not at all
 * @param maxSites how many sites' rules are kept, if they are of the usual size
 */
public record RobotsSettings(
    String productToken,
    Duration maxCrawlDelay,
    Duration timeToLive,
    Duration unreachableFor,
    int maxSites) {

  /** The settings of a crawler that is configured no further. */
  public static RobotsSettings of(String productToken) {
    return new RobotsSettings(
        productToken, Duration.ofSeconds(30), Duration.ofHours(24), Duration.ZERO, 20_000);
  }
}
