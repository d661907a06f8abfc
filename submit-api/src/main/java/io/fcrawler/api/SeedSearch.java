package io.fcrawler.api;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Progress;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import io.fcrawler.url.CrawlUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks through the list of seeds, for so long as a request may take. */
final class SeedSearch {
  /** After which no further part of the list is looked at; that is for the next page. */
  private static final long MOST_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /** What the id of each seed has whose name has letters beyond ASCII. */
  private static final String PUNYCODE = "xn--";

  private final CrawlStore store;
  private final LongSupplier nanos;

  SeedSearch(CrawlStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  /**
   * Crawls that were found, and where to go on.
   *
   * @param crawls fewer than were asked for, even none, where time was over
   */
  record Found(List<Progress> crawls, Optional<Place> next) {}

  /** Finds seeds by a part of their id, or, where it has letters beyond ASCII, of their name. */
  Found find(SeedQuery query) {
    boolean inLetters = !query.part().chars().allMatch(each -> each < 0x80);
    String part = inLetters ? PUNYCODE : query.part();
    List<Progress> found = new ArrayList<>();
    Optional<Place> after = query.after();
    long beganNs = nanos.getAsLong();
    do {
      int left = query.limit() - found.size();
      SeedPage page = store.list(new SeedQuery(query.status(), part, left, after));
      List<Seed> seeds = inLetters ? named(page.seeds(), query.part()) : page.seeds();
      found.addAll(current(seeds, query.status()));
      after = page.next();
    } while (after.isPresent()
        && found.size() < query.limit()
        && nanos.getAsLong() - beganNs < MOST_NS);
    return new Found(found, after);
  }

  /** Those of which the name in letters contains a part. */
  private static List<Seed> named(List<Seed> seeds, String part) {
    return seeds.stream()
        .filter(seed ->
            CrawlUrl.parse("http://" + seed.id())
                .filter(url -> url.readable().contains(part))
                .isPresent())
        .toList();
  }

  /** The progress of seeds; without those whose status is another by now. */
  private List<Progress> current(List<Seed> seeds, Optional<CrawlStatus> status) {
    return store.progress(seeds).values().stream()
        .filter(crawl -> status.isEmpty() || status.get() == crawl.status())
        .toList();
  }
}
