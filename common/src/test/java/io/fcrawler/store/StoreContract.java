package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.seed.Seed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the parts of the contract have in common. */
interface StoreContract {
  StoreBackend backend();

  /** The receipt is clean, and the counters that users see are those of the receipt. */
  default void assertExact(TestingCrawl crawl) {
    Receipt receipt = crawl.receipt();
    assertEquals(List.of(), receipt.differences());
    Progress progress = crawl.progress();
    assertEquals(receipt.crawl(), progress.crawl());
    assertEquals(receipt.status(), progress.status());
    assertEquals(receipt.total(), progress.total());
    assertEquals(receipt.crawled(), progress.crawled());
    assertEquals(receipt.failed(), progress.failed());
    assertEquals(receipt.excluded(), progress.excluded());
    assertEquals(receipt.inFlight(), progress.inFlight());
    assertEquals(receipt.queued() + receipt.delayed() + receipt.inFlight(), progress.pending());
  }

  /** The numbers are these, and exact. */
  default void assertNumbers(
      TestingCrawl crawl, long total, long crawled, long failed, long excluded) {
    Progress progress = crawl.progress();
    assertEquals(
        List.of(total, crawled, failed, excluded),
        List.of(progress.total(), progress.crawled(), progress.failed(), progress.excluded()));
    assertExact(crawl);
  }

  /** The call changes nothing that a reader could see, nor, where it can be known, anything. */
  default void assertNoChange(TestingCrawl crawl, Runnable call) {
    Optional<Object> image = backend().image();
    Seen seen = Seen.of(crawl.store, crawl.seed);
    call.run();
    assertEquals(seen, Seen.of(crawl.store, crawl.seed));
    assertEquals(image, backend().image());
  }

  /** All that can be read of a seed, but for the rate, which time alone changes. */
  record Seen(
      Optional<Progress> progress,
      Optional<Receipt> receipt,
      Optional<SeedState> state,
      Optional<ListPage<Failure>> failures,
      Optional<ListPage<Exclusion>> exclusions,
      List<FormerCrawl> crawls,
      Optional<List<NotedCommand>> active) {

    static Seen of(CrawlStore store, Seed seed) {
      return new Seen(
          store.progress(seed).map(Seen::withoutRate),
          store.receipt(seed),
          Optional.ofNullable(store.states(List.of(seed)).get(seed)),
          store.failures(seed, ListQuery.first(100)),
          store.exclusions(seed, ListQuery.first(100)),
          store.crawls(seed),
          Optional.ofNullable(store.active().get(seed)));
    }

    private static Progress withoutRate(Progress it) {
      return new Progress(
          it.crawl(),
          it.status(),
          it.total(),
          it.crawled(),
          it.failed(),
          it.excluded(),
          it.inFlight(),
          it.bytes(),
          OptionalDouble.empty(),
          it.submittedAt(),
          it.startedAt(),
          it.updatedAt(),
          it.finishedAt(),
          it.options(),
          it.damage());
    }
  }
}
