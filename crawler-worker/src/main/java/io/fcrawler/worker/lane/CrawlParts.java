package io.fcrawler.worker.lane;

import io.fcrawler.store.SeedState;
import io.fcrawler.worker.politeness.HostGates;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the lanes of one crawl share.
 *
 * @param paced hosts one of whose sites, by http or https, asks for a crawl-delay
 * @param begun when the crawl was submitted, or this worker heard of it, whichever was first
 */
record CrawlParts(
    SeedState crawl, LinkPolicy policy, HostReports reports, Set<String> paced, Instant begun) {
  static CrawlParts of(SeedState crawl, HostGates gates) {
    Instant submitted = crawl.crawl().crawlId().madeAt();
    Instant now = Instant.now();
    return new CrawlParts(
        crawl,
        new LinkPolicy(crawl.crawl(), crawl.options()),
        new HostReports(gates::noTrouble),
        ConcurrentHashMap.newKeySet(),
        submitted.isBefore(now) ? submitted : now);
  }

  /** The age up to which a robots.txt will do: a new crawl reads it anew. */
  Duration sinceBegun() {
    Duration since = Duration.between(begun, Instant.now());
    return since.isNegative() ? Duration.ZERO : since;
  }
}
