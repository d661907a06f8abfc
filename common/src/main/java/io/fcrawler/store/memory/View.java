package io.fcrawler.store.memory;

import io.fcrawler.store.Activity;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.Link;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.TroubledHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What readers are shown of a seed and its crawls. */
final class View {
  private View() {}

  static Optional<Progress> progress(SeedShard seed, Instant now) {
    return seed.queued()
        .map(Progress::queued)
        .or(() -> seed.current().map(it -> progress(it, now)));
  }

  private static Progress progress(CrawlState crawl, Instant now) {
    Counters counters = crawl.ledger().counters();
    return new Progress(
        crawl.ref(),
        crawl.status(),
        counters.total(),
        counters.crawled(),
        counters.failed(),
        counters.excluded(),
        sum(crawl, LaneState::inFlight),
        counters.bytes(),
        pagesPerSecond(crawl, now),
        crawl.open().submittedAt(),
        Optional.of(crawl.startedAt()),
        crawl.updatedAt(),
        crawl.finishedAt(),
        crawl.open().options(),
        crawl.damage());
  }

  private static OptionalDouble pagesPerSecond(CrawlState crawl, Instant now) {
    long ended = crawl.ledger().counters().ended();
    Optional<Instant> finished = crawl.finishedAt();
    if (finished.isPresent()) {
      return OptionalDouble.of(
          RateSamples.perSecond(ended, Duration.between(crawl.startedAt(), finished.get())));
    }
    return crawl.status() == CrawlStatus.CRAWLING
        ? crawl.samples().perSecond(now, ended)
        : OptionalDouble.empty();
  }

  static Optional<SeedState> state(SeedShard seed) {
    return seed.current()
        .map(crawl ->
            new SeedState(
                crawl.ref(),
                crawl.status(),
                crawl.open().options(),
                seed.applied(),
                crawl.opened(),
                crawl.joined(),
                Link.start(crawl.open()).lane(),
                crawl.spread(),
                seed.hasWaiting(),
                crawl.finishedAt(),
                seed.leftOvers(),
                activity(crawl),
                crawl.damage()));
  }

  private static Activity activity(CrawlState crawl) {
    Counters counters = crawl.ledger().counters();
    return new Activity(sum(crawl, LaneState::inFlight), counters.excluded(), counters.bytes());
  }

  static List<TroubledHost> troubledHosts(CrawlState crawl, int most, Instant now) {
    return crawl.status().finished()
        ? List.of()
        : crawl.hosts().entrySet().stream()
            .filter(host -> host.getValue().matters(now))
            .map(host -> host.getValue().shown(host.getKey(), now))
            .sorted(TroubledHost.ORDER)
            .limit(most)
            .toList();
  }

  static Receipt receipt(CrawlState crawl) {
    Counters counters = crawl.ledger().counters();
    return new Receipt(
        crawl.ref(),
        crawl.status(),
        counters.total(),
        counters.crawled(),
        counters.failed(),
        counters.excluded(),
        sum(crawl, LaneState::queued),
        sum(crawl, LaneState::delayed),
        sum(crawl, LaneState::inFlight),
        crawl.ledger().fingerprints(),
        crawl.ledger().failures().size(),
        crawl.ledger().exclusions().size());
  }

  private static long sum(CrawlState crawl, ToIntFunction<LaneState> count) {
    return crawl.lanes().stream().mapToInt(count).sum();
  }

  static ListPage<Failure> failures(CrawlState crawl, ListQuery query) {
    return page(crawl.ledger().failures(), query, Failure::url, Failure::reason);
  }

  static ListPage<Exclusion> exclusions(CrawlState crawl, ListQuery query) {
    return page(crawl.ledger().exclusions(), query, Exclusion::url, Exclusion::reason);
  }

  private static <T> ListPage<T> page(
      NavigableMap<String, T> all,
      ListQuery query,
      Function<T, String> url,
      Function<T, String> reason) {
    List<T> found =
        all.values().stream()
            .filter(it -> query.takes(url.apply(it), reason.apply(it)))
            .limit(query.limit() + 1L)
            .toList();
    return ListPage.of(found, query.limit(), url);
  }

  static FormerCrawl former(CrawlState crawl) {
    Counters counters = crawl.ledger().counters();
    return new FormerCrawl(
        crawl.id(),
        crawl.status(),
        counters.total(),
        counters.crawled(),
        counters.failed(),
        counters.excluded(),
        counters.bytes(),
        crawl.open().submittedAt(),
        Optional.of(crawl.startedAt()),
        crawl.finishedAt());
  }
}
