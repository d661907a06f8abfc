package io.fcrawler.store.explore;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.url.Fingerprinter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two hosts, three pages: a big start page, whose links are sent before its outcome; a page on the
 * other host that links back; and one that fails.
 */
final class Site {
  static final Seed SEED = new Seed("a.example");
  static final String START = "https://a.example/";
  private static final String BACK = "https://b.a.example/back";
  private static final String MISSING = "https://a.example/missing";

  /** What a crawl must end with. */
  static final Set<String> CRAWLED = Set.of(START, BACK);

  static final Set<String> FAILED = Set.of(MISSING);

  /** A part of what a fetch brought: links alone where the outcome comes later. */
  record Result(Optional<Outcome> outcome, List<Link> links) {}

  private Site() {}

  static List<Result> fetch(CrawlRef crawl, Entry entry) {
    long fingerprint = entry.fingerprint();
    Outcome crawled = new Outcome.Crawled(fingerprint, 1);
    return switch (entry.url()) {
      case START ->
          List.of(
              new Result(
                  Optional.empty(), List.of(link(crawl, BACK, entry), link(crawl, MISSING, entry))),
              new Result(Optional.of(crawled), List.of()));
      case BACK ->
          List.of(
              new Result(
                  Optional.of(crawled),
                  List.of(link(crawl, START, entry), link(crawl, MISSING, entry))));
      default -> List.of(new Result(Optional.of(missing(entry)), List.of()));
    };
  }

  private static Outcome missing(Entry entry) {
    return new Outcome.Failed(
        entry.fingerprint(), entry.url(), "http_404", 404, 1, entry.referrer());
  }

  private static Link link(CrawlRef crawl, String url, Entry from) {
    long fingerprint = fingerprint(crawl.crawlId(), url);
    String host = url.equals(BACK) ? "b.a.example" : "a.example";
    return new Link(
        Entry.link(fingerprint, url, from.depth() + 1, from.url()),
        Lane.of(host, fingerprint, 1),
        Optional.empty());
  }

  private static long fingerprint(CrawlId crawl, String url) {
    return new Fingerprinter(crawl.uuid()).fingerprint(url);
  }

  /** The page of this outcome. */
  static String urlOf(CrawlId crawl, Outcome outcome) {
    return List.of(START, BACK, MISSING).stream()
        .filter(url -> fingerprint(crawl, url) == outcome.fingerprint())
        .findFirst()
        .orElseThrow();
  }
}
