package io.fcrawler.store.walk;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.walk.WalkLease.Result;
import io.fcrawler.store.walk.WalkSite.Kind;
import io.fcrawler.store.walk.WalkSite.Page;
import io.fcrawler.url.Fingerprinter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches pages of the site for a crawl, and remembers that their output was written. */
final class WalkFetch {
  private static final long BYTES = 10;

  private final WalkSite site;
  private final CrawlOptions options;
  private final Map<CrawlRef, Set<String>> written = new HashMap<>();

  WalkFetch(WalkSite site, CrawlOptions options) {
    this.site = site;
    this.options = options;
  }

  /** The URLs whose output was written. */
  Set<String> written(CrawlRef crawl) {
    return written.getOrDefault(crawl, Set.of());
  }

  Result fetch(CrawlRef crawl, Entry entry) {
    written.computeIfAbsent(crawl, _ -> new HashSet<>()).add(entry.url());
    long fingerprint = entry.fingerprint();
    if (site.isWithdrawn(entry.url())) {
      Page http = site.start();
      Entry start = Entry.start(fingerprint(crawl, http.url()), http.url(), false);
      return result(new Outcome.Withdrawn(fingerprint), List.of(admitted(start, http)));
    }
    Page page = site.page(entry.url());
    return switch (page.kind()) {
      case PAGE -> result(new Outcome.Crawled(fingerprint, BYTES), links(crawl, page, entry));
      case FLAKY ->
          entry.retries() == 0
              ? result(new Outcome.Retry(entry.retried(), Duration.ZERO), List.of())
              : result(new Outcome.Crawled(fingerprint, BYTES), links(crawl, page, entry));
      case MISSING ->
          result(
              new Outcome.Failed(fingerprint, entry.url(), "http_404", 404, 1, entry.referrer()),
              List.of());
      case FORBIDDEN, PRIVATE ->
          result(new Outcome.Excluded(fingerprint, entry.url(), "robots"), List.of());
    };
  }

  private static Result result(Outcome outcome, List<Link> links) {
    return new Result(Optional.of(outcome), links);
  }

  private List<Link> links(CrawlRef crawl, Page page, Entry entry) {
    return site.linksOf(page).stream()
        .map(target -> {
          Link link = admitted(entry(crawl, target, entry), target);
          return target.kind() == Kind.PRIVATE
              ? new Link(link.entry(), link.lane(), Optional.of("robots"))
              : link;
        })
        .toList();
  }

  private static Entry entry(CrawlRef crawl, Page target, Entry from) {
    long fingerprint = fingerprint(crawl, target.url());
    return Entry.link(fingerprint, target.url(), from.depth() + 1, from.url());
  }

  private Link admitted(Entry entry, Page page) {
    Lane lane = Lane.of(page.host(), entry.fingerprint(), options.connectionsPerHost());
    return new Link(entry, lane, Optional.empty());
  }

  private static long fingerprint(CrawlRef crawl, String url) {
    return new Fingerprinter(crawl.crawlId().uuid()).fingerprint(url);
  }
}
