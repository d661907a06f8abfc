package io.fcrawler.worker.lane;

import io.fcrawler.store.SeedState;
import io.fcrawler.worker.politeness.HostGates;
import io.fcrawler.worker.politeness.HostTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the lanes of one crawl share.
 *
 * @param paced hosts one of whose sites, by http or https, asks for a crawl-delay
 * @param begun when the crawl was submitted, or this worker heard of it, whichever was first
 */
record CrawlParts(
    SeedState crawl,
    LinkPolicy policy,
    HostGates gates,
    ConcurrentMap<String, HostTrouble> troubles,
    Set<String> paced,
    Instant begun) {
  static CrawlParts of(SeedState crawl, HostGates gates) {
    Instant submitted = crawl.crawl().crawlId().madeAt();
    Instant now = Instant.now();
    return new CrawlParts(
        crawl,
        new LinkPolicy(crawl.crawl(), crawl.options()),
        gates,
        new ConcurrentHashMap<>(),
        ConcurrentHashMap.newKeySet(),
        submitted.isBefore(now) ? submitted : now);
  }

  /** What the crawl holds against a host, in this worker. */
  HostTrouble trouble(String host) {
    return troubles.computeIfAbsent(host, _ -> gates.noTrouble());
  }

  /** The age up to which a robots.txt will do: a new crawl reads it anew. */
  Duration sinceBegun() {
    Duration since = Duration.between(begun, Instant.now());
    return since.isNegative() ? Duration.ZERO : since;
  }
}
