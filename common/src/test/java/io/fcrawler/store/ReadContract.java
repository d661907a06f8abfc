package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What readers are told. */
interface ReadContract extends StoreContract {
  @Test
  default void ofASeedThatIsNotKnownThereIsNothing() {
    CrawlStore store = backend().store();
    Seed seed = TestingCrawl.unopened(backend()).seed;
    assertEquals(Optional.empty(), store.progress(seed));
    assertEquals(Optional.empty(), store.receipt(seed));
    assertEquals(Optional.empty(), store.failures(seed, ListQuery.first(10)));
    assertEquals(Optional.empty(), store.exclusions(seed, ListQuery.first(10)));
    assertEquals(Optional.empty(), store.queued(seed));
    assertEquals(List.of(), store.crawls(seed));
    assertEquals(Map.of(), store.states(List.of(seed)));
  }

  @Test
  default void nothingKeepsTheStoreFromBeingUsed() {
    assertEquals(Optional.empty(), backend().store().problem());
  }

  @Test
  default void statesAreToldOfTheSeedsThatHaveACrawl() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = TestingCrawl.opened(backend());
    TestingCrawl none = TestingCrawl.unopened(backend());
    Map<Seed, SeedState> states = first.store.states(List.of(none.seed, first.seed, second.seed));
    assertEquals(Set.of(first.seed, second.seed), states.keySet());
    assertEquals(first.state(), states.get(first.seed));
    assertEquals(second.state(), states.get(second.seed));
    assertEquals(Map.of(), first.store.states(List.of()));
  }

  @Test
  default void statesAreToldOfManySeedsAtOnce() {
    List<TestingCrawl> crawls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      crawls.add(TestingCrawl.opened(backend()));
    }
    Map<Seed, SeedState> states =
        backend().store().states(crawls.stream().map(crawl -> crawl.seed).toList());
    assertEquals(120, states.size());
    crawls.forEach(
        crawl -> assertEquals(crawl.ref(), states.getOrDefault(crawl.seed, crawl.state()).crawl()));
  }

  @Test
  default void theReceiptTellsWhereEachEntryIs() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane())
            .crawled(crawl.start())
            .links(crawl.link("a"), crawl.link("b"), crawl.link("c"), crawl.link("d"))
            .links(crawl.link("e"), crawl.link("f"), crawl.link("g")));
    session.claim(crawl.lane(), 5);
    session.turn(
        Turns.on(crawl.lane())
            .retry(crawl.page("a"), Duration.ofHours(1))
            .failed(crawl.page("b"), "dns", 0)
            .excluded(crawl.page("c"), "robots"));
    assertEquals(
        new Receipt(crawl.ref(), CrawlStatus.CRAWLING, 7, 1, 1, 1, 2, 1, 2, 8, 1, 1),
        crawl.receipt());
    assertEquals(List.of(), crawl.receipt().differences());
  }

  @Test
  default void eachFailureIsListedOnceInPagesOfAnySize() {
    TestingCrawl crawl = withFailures(23);
    List<String> all = withoutPages(crawl, crawl.store::failures, Failure::url);
    assertEquals(23, all.size());
    assertEquals(all, all.stream().sorted().distinct().toList());
    for (int limit : new int[] {1, 7, 22, 23, 24, 1000}) {
      assertEquals(
          all, inPages(crawl, ListQuery.first(limit), crawl.store::failures, Failure::url));
    }
  }

  @Test
  default void whatIsKeptOutIsListedWithItsReason() {
    TestingCrawl crawl = withExclusions(23);
    List<String> all = withoutPages(crawl, crawl.store::exclusions, Exclusion::url);
    assertEquals(24, all.size());
    assertEquals(all, all.stream().sorted().distinct().toList());
    for (int limit : new int[] {1, 7, 23, 24, 25}) {
      assertEquals(
          all, inPages(crawl, ListQuery.first(limit), crawl.store::exclusions, Exclusion::url));
    }
    assertEquals(
        Optional.of(
            new ListPage<>(
                List.of(new Exclusion(crawl.page("robots").url(), "robots")), Optional.empty())),
        crawl.store.exclusions(crawl.seed, ListQuery.first(9).because("robots")));
    assertEquals(
        23,
        inPages(
                crawl,
                ListQuery.first(5).because("pattern"),
                crawl.store::exclusions,
                Exclusion::url)
            .size());
    assertEquals(
        Optional.of(ListPage.empty()),
        crawl.store.exclusions(crawl.seed, ListQuery.first(9).because("pat")));
  }

  @Test
  default void failuresAreListedByReason() {
    TestingCrawl crawl = withFailures(3);
    assertEquals(
        3,
        inPages(crawl, ListQuery.first(1).because("http_404"), crawl.store::failures, Failure::url)
            .size());
    assertEquals(
        Optional.of(ListPage.empty()),
        crawl.store.failures(crawl.seed, ListQuery.first(9).because("http_40")));
  }

  private <T> List<String> withoutPages(
      TestingCrawl crawl,
      BiFunction<Seed, ListQuery, Optional<ListPage<T>>> listing,
      Function<T, String> url) {
    ListPage<T> page = listing.apply(crawl.seed, ListQuery.first(1000)).orElseThrow();
    assertEquals(Optional.empty(), page.cursor());
    return page.items().stream().map(url).toList();
  }

  private <T> List<String> inPages(
      TestingCrawl crawl,
      ListQuery query,
      BiFunction<Seed, ListQuery, Optional<ListPage<T>>> listing,
      Function<T, String> url) {
    List<String> urls = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListPage<T> page = listing.apply(crawl.seed, query.from(cursor)).orElseThrow();
      assertTrue(page.items().size() <= query.limit());
      page.items().stream().map(url).forEach(urls::add);
      cursor = page.cursor();
      assertTrue(urls.size() < 100, "listed twice");
    } while (cursor.isPresent());
    return urls;
  }

  /** So many that are kept out when they are found, and one that is when it was admitted. */
  private TestingCrawl withExclusions(int count) {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Turns found =
        Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("robots")).claim(1);
    for (int i = 0; i < count; i++) {
      found.links(crawl.keptOut("x" + i, "pattern"));
    }
    session.turn(found);
    session.turn(Turns.on(crawl.lane()).excluded(crawl.page("robots"), "robots"));
    assertNumbers(crawl, 1, 1, 0, count + 1);
    return crawl;
  }

  private TestingCrawl withFailures(int count) {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Turns found = Turns.on(crawl.lane()).crawled(crawl.start()).claim(count);
    Turns failed = Turns.on(crawl.lane());
    for (int i = 0; i < count; i++) {
      found.links(crawl.link("f" + i));
      failed.failed(crawl.page("f" + i), "http_404", 404);
    }
    session.turn(found);
    session.turn(failed);
    assertNumbers(crawl, count + 1, 1, count, 0);
    return crawl;
  }

  @Test
  default void aCrawlWithoutFailuresListsNone() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertEquals(
        Optional.of(ListPage.empty()), crawl.store.failures(crawl.seed, ListQuery.first(10)));
    assertEquals(
        Optional.of(ListPage.empty()), crawl.store.exclusions(crawl.seed, ListQuery.first(10)));
  }

  @Test
  default void theRateIsUnknownAtFirstThenOfTheLastSecondsThenOfTheWhole() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertTrue(crawl.progress().pagesPerSecond().isEmpty());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a")).claim(1));
    backend().pass(Duration.ofMillis(1100));
    double rate = crawl.progress().pagesPerSecond().orElseThrow();
    assertTrue(rate > 0 && rate < 1, () -> rate + "/s");
    session.turn(Turns.on(crawl.lane()).crawled(crawl.page("a")));
    double whole = crawl.progress().pagesPerSecond().orElseThrow();
    assertTrue(whole > rate && whole < 2, () -> whole + "/s");
  }

  @Test
  default void aQueuedCrawlHasNoRate() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    crawl.store.markQueued(crawl.open);
    assertTrue(crawl.progress().pagesPerSecond().isEmpty());
  }

  @Test
  default void progressIsTheShareThatHasEnded() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertEquals(0, crawl.progress().progress());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a")).claim(1));
    assertEquals(0.5, crawl.progress().progress());
    session.turn(Turns.on(crawl.lane()).crawled(crawl.page("a")));
    assertEquals(1, crawl.progress().progress());
  }
}
