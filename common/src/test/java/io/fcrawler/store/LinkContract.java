package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code turn}: what the links found on pages do. */
interface LinkContract extends StoreContract {
  private static TestingSession ready(TestingCrawl crawl) {
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    return session;
  }

  private static Turns turn(TestingCrawl crawl) {
    return Turns.on(crawl.lane());
  }

  private static CrawlOptions maxPages(long pages) {
    return new CrawlOptions(pages, -1, false, 1000, 1, List.of(), List.of(), false);
  }

  private static List<Entry> claimAll(TestingSession session, Lane lane) {
    return session.claim(lane, 10_000);
  }

  @Test
  default void linksAreQueuedInTheOrderInWhichTheyAreFound() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    session.turn(turn(crawl).links(crawl.link("c"), crawl.link("a")));
    session.turn(turn(crawl).links(crawl.link("b")));
    assertEquals(
        List.of(crawl.page("c"), crawl.page("a"), crawl.page("b")),
        claimAll(session, crawl.lane()));
    assertNumbers(crawl, 4, 0, 0, 0);
  }

  @Test
  default void aLinkSeenBeforeIsIgnoredWhereverThatUrlIs() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    List<Link> links =
        new ArrayList<>(Stream.of("q", "f", "c", "x", "d").map(crawl::link).toList());
    links.add(crawl.link(crawl.start()));
    session.turn(turn(crawl).links(links.toArray(Link[]::new)));
    session.turn(turn(crawl).crawled(crawl.start()).claim(1));
    session.turn(turn(crawl).failed(crawl.page("q"), "dns", 0).claim(3));
    session.turn(
        turn(crawl)
            .crawled(crawl.page("f"))
            .excluded(crawl.page("c"), "robots")
            .retry(crawl.page("x"), Duration.ofHours(1)));
    Receipt before = crawl.receipt();
    assertNumbers(crawl, 5, 2, 1, 1);
    session.turn(turn(crawl).links(links.toArray(Link[]::new)));
    session.turn(turn(crawl).links(links.toArray(Link[]::new)));
    assertEquals(before, crawl.receipt());
  }

  @Test
  default void aLinkFoundManyTimesInACallCountsOnce() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    session.take(crawl.lane("www"));
    session.turn(
        turn(crawl).links(crawl.link("a"), crawl.link("b"), crawl.link("a")),
        Turns.on(crawl.lane("www")).links(crawl.link("b"), crawl.link("a"), crawl.link("c")));
    assertNumbers(crawl, 4, 0, 0, 0);
    assertEquals(
        List.of(crawl.page("a"), crawl.page("b"), crawl.page("c")),
        claimAll(session, crawl.lane()));
  }

  @Test
  default void twoSessionsThatFindTheSameLinkCountItOnce() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = ready(crawl);
    TestingSession second = crawl.session();
    second.take(crawl.lane("www"));
    first.turn(turn(crawl).links(crawl.link("a")));
    second.turn(Turns.on(crawl.lane("www")).links(crawl.link("a"), crawl.link("b")));
    first.turn(turn(crawl).links(crawl.link("b")));
    assertNumbers(crawl, 3, 0, 0, 0);
  }

  @Test
  default void aLinkThatIsKeptOutIsCountedListedAndNeverQueued() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Link out = new Link(crawl.page("private"), crawl.lane(), Optional.of("robots"));
    session.turn(turn(crawl).links(out, out));
    assertNumbers(crawl, 1, 0, 0, 1);
    session.turn(turn(crawl).links(crawl.link("private")).claim(5));
    assertNumbers(crawl, 1, 0, 0, 1);
    assertEquals(CrawlStatus.DONE, session.turn(turn(crawl).crawled(crawl.start())).status());
    assertNumbers(crawl, 1, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_depth", "redirect_limit", "nofollow"})
  default void aUrlThatItsWayKeptOutIsAdmittedByAnother(String reason) {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Link kept = crawl.keptOut("a", reason);
    session.turn(turn(crawl).links(kept, kept));
    session.turn(turn(crawl).links(kept, crawl.keptOut("a", "robots")));
    assertNumbers(crawl, 1, 0, 0, 1);
    session.turn(turn(crawl).links(crawl.link("a"), crawl.link("a"), kept));
    assertNumbers(crawl, 2, 0, 0, 0);
    assertEquals(
        Optional.of(ListPage.empty()), crawl.store.exclusions(crawl.seed, ListQuery.first(9)));
    assertEquals(List.of(crawl.page("a")), claimAll(session, crawl.lane()));
    session.turn(turn(crawl).crawled(crawl.start()).crawled(crawl.page("a")).links(kept));
    assertNumbers(crawl, 2, 2, 0, 0);
    assertEquals(CrawlStatus.DONE, crawl.status());
  }

  @Test
  default void aUrlThatItsWayKeptOutNeedsRoomToBeAdmitted() {
    TestingCrawl crawl = TestingCrawl.opened(backend(), maxPages(2));
    TestingSession session = ready(crawl);
    session.turn(turn(crawl).links(crawl.keptOut("a", "nofollow"), crawl.link("b")));
    session.turn(turn(crawl).links(crawl.link("a")));
    assertNumbers(crawl, 2, 0, 0, 1);
    assertEquals(
        List.of(new Exclusion(crawl.page("a").url(), "max_pages")),
        crawl.store.exclusions(crawl.seed, ListQuery.first(9)).orElseThrow().items());
  }

  @Test
  default void aLinkThatWasAdmittedIsNotKeptOutLater() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Link late = new Link(crawl.page("a"), crawl.lane(), Optional.of("max_depth"));
    session.turn(turn(crawl).links(crawl.link("a"), late));
    assertNumbers(crawl, 2, 0, 0, 0);
    assertEquals(List.of(crawl.page("a")), claimAll(session, crawl.lane()));
  }

  @Test
  default void atMostMaxPagesAreAdmittedByAllSessionsTogether() {
    TestingCrawl crawl = TestingCrawl.opened(backend(), maxPages(4));
    TestingSession first = ready(crawl);
    TestingSession second = crawl.session();
    second.take(crawl.lane("www"));
    first.turn(turn(crawl).links(crawl.link("a"), crawl.link("b")));
    second.turn(
        Turns.on(crawl.lane("www"))
            .links(crawl.link("b"), crawl.link("c"), crawl.link("d"), crawl.link("e")));
    first.turn(turn(crawl).links(crawl.link("d"), crawl.link("f")));
    assertNumbers(crawl, 4, 0, 0, 3);
    assertEquals(
        List.of(crawl.page("a"), crawl.page("b"), crawl.page("c")), claimAll(first, crawl.lane()));
  }

  @Test
  default void aCrawlOfOnePageKeepsOutAllOthers() {
    TestingCrawl crawl = TestingCrawl.opened(backend(), maxPages(1));
    TestingSession session = ready(crawl);
    session.turn(turn(crawl).crawled(crawl.start()).links(crawl.link("a"), crawl.link("b")));
    assertNumbers(crawl, 1, 1, 0, 2);
    assertEquals(CrawlStatus.DONE, crawl.status());
  }

  @Test
  default void anExcludedPageMakesRoomForAnother() {
    TestingCrawl crawl = TestingCrawl.opened(backend(), maxPages(2));
    TestingSession session = ready(crawl);
    session.turn(turn(crawl).crawled(crawl.start()).links(crawl.link("a"), crawl.link("b")));
    session.claim(crawl.lane(), 1);
    session.turn(
        turn(crawl)
            .excluded(crawl.page("a"), "robots")
            .links(crawl.link("b"), crawl.link("c"), crawl.link("d")));
    assertNumbers(crawl, 2, 1, 0, 3);
    assertEquals(List.of(crawl.page("c")), claimAll(session, crawl.lane()));
  }

  @Test
  default void aLinkToAnotherHostOpensItsLane() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Lane www = crawl.lane("www");
    Link there = new Link(crawl.page("there"), www, Optional.empty());
    session.turn(turn(crawl).crawled(crawl.start()).links(there));
    assertEquals(Set.of(crawl.lane(), www), crawl.state().lanes());
    assertEquals(List.of(), claimAll(session, crawl.lane()));
    TestingSession other = crawl.session();
    other.take(www);
    assertEquals(List.of(there.entry()), claimAll(other, www));
    other.turn(Turns.on(www).crawled(there.entry()));
    assertNumbers(crawl, 2, 2, 0, 0);
  }

  @Test
  default void aHostMayHaveManyLanes() {
    TestingCrawl crawl =
        TestingCrawl.opened(
            backend(), new CrawlOptions(-1, -1, false, 0, 8, List.of(), List.of(), false));
    TestingSession session = ready(crawl);
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Entry page = crawl.page("p" + i);
      links.add(
          new Link(page, Lane.of(crawl.seed.host(), page.fingerprint(), 8), Optional.empty()));
    }
    session.turn(turn(crawl).crawled(crawl.start()).links(links.toArray(Link[]::new)));
    Set<Lane> expected = new HashSet<>(links.stream().map(Link::lane).toList());
    expected.add(crawl.lane());
    assertEquals(expected, crawl.state().lanes());
    Set<Entry> claimed = new HashSet<>();
    for (Lane lane : expected) {
      session.acquire(lane);
      claimed.addAll(claimAll(session, lane));
    }
    assertEquals(new HashSet<>(links.stream().map(Link::entry).toList()), claimed);
    assertNumbers(crawl, 41, 1, 0, 0);
  }

  /** 2^53 and its neighbours are one number to a double; the store must tell them apart. */
  @Test
  default void everyFingerprintIsItself() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    long two53 = 1L << 53;
    List<Link> links =
        LongStream.of(
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                -two53 - 1,
                -two53,
                -1,
                0,
                1,
                two53 - 1,
                two53,
                two53 + 1,
                two53 + 2,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE)
            .mapToObj(it -> crawl.link(Entry.link(it, crawl.open.startUrl() + it, 1, "")))
            .toList();
    Link[] all = links.toArray(Link[]::new);
    session.turn(turn(crawl).crawled(crawl.start()).links(all).links(all));
    assertNumbers(crawl, 14, 1, 0, 0);
    List<Entry> entries = links.stream().map(Link::entry).toList();
    assertEquals(entries, claimAll(session, crawl.lane()));
    session.turn(turn(crawl).links(all).crawled(entries.getFirst()));
    assertNumbers(crawl, 14, 2, 0, 0);
    session.turn(turn(crawl).crawled(entries.subList(1, 13).toArray(Entry[]::new)));
    assertNumbers(crawl, 14, 14, 0, 0);
    assertEquals(CrawlStatus.DONE, crawl.status());
  }

  /** URLs with characters that mean something to formats and patterns, and the longest one. */
  private static List<String> oddUrls(TestingCrawl crawl) {
    String base = crawl.open.startUrl();
    List<String> urls = new ArrayList<>();
    Stream.of("'", "\"", "%22", "%E2%82%AC", "%00", "%09", "%25", "%%%d%s", "a?b=c&d={e}[1]", "\\")
        .forEach(path -> urls.add(base + path));
    urls.add(base + "[^\\t]*$|;,:*?+().^$-");
    urls.add(base + "\u20ac\ud83d\ude00");
    urls.add(base + "x".repeat(2048 - base.length()));
    return urls;
  }

  @Test
  default void entriesComeBackAsTheyWere() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    List<Entry> entries = new ArrayList<>();
    long fingerprint = 0;
    for (String url : oddUrls(crawl)) {
      entries.add(Entry.link(++fingerprint, url, 3, url));
    }
    String url = crawl.open.startUrl() + "all";
    entries.add(new Entry(++fingerprint, url, 9, 8, 7, 6, true, true, "https://r.example/"));
    entries.add(new Entry(++fingerprint, url + "2", 0, 0, 0, 0, true, false, ""));
    entries.add(new Entry(++fingerprint, url + "3", 0, 0, 0, 0, false, true, ""));
    session.turn(turn(crawl).links(entries.stream().map(crawl::link).toArray(Link[]::new)));
    assertEquals(entries, claimAll(session, crawl.lane()));
    session.release(crawl.lane());
    TestingSession second = crawl.holder();
    entries.add(crawl.start());
    assertEquals(new HashSet<>(entries), new HashSet<>(claimAll(second, crawl.lane())));
  }

  @Test
  default void oddUrlsAreListedAsTheyAre() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    List<Entry> entries = new ArrayList<>();
    Turns found = turn(crawl).crawled(crawl.start());
    for (String url : oddUrls(crawl)) {
      entries.add(Entry.link(entries.size(), url, 1, url));
      found.links(crawl.link(entries.getLast()));
    }
    session.turn(found.claim(entries.size()));
    Turns failed = turn(crawl);
    entries.forEach(entry -> failed.failed(entry, "http_500", 500));
    session.turn(failed);
    assertNumbers(crawl, entries.size() + 1, 1, entries.size(), 0);
    List<Failure> listed =
        crawl.store.failures(crawl.seed, ListQuery.first(100)).orElseThrow().items();
    assertEquals(
        new HashSet<>(entries.stream().map(Entry::url).toList()),
        new HashSet<>(listed.stream().map(Failure::url).toList()));
    listed.forEach(failure -> assertEquals(failure.url(), failure.referrer()));
  }

  @Test
  default void oddUrlsAreKeptOutOnceEach() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    List<Link> links = new ArrayList<>();
    for (String url : oddUrls(crawl)) {
      Entry entry = Entry.link(links.size(), url, 1, url);
      links.add(new Link(entry, crawl.lane(), Optional.of("pattern")));
    }
    session.turn(turn(crawl).crawled(crawl.start()).links(links.toArray(Link[]::new)));
    assertNumbers(crawl, 1, 1, 0, links.size());
  }

  @Test
  default void thousandsOfLinksAreCountedOnceHoweverTheyComeBack() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    List<Link> links =
        new ArrayList<>(
            IntStream.range(0, 3 * TurnRequest.MAX_LINKS)
                .mapToObj(i -> crawl.link("p" + i))
                .toList());
    for (int round = 0; round < 2; round++) {
      for (int from = 0; from < links.size(); from += TurnRequest.MAX_LINKS) {
        List<Link> part = links.subList(from, from + TurnRequest.MAX_LINKS);
        session.turn(turn(crawl).links(part.toArray(Link[]::new)));
        assertExact(crawl);
      }
      assertNumbers(crawl, links.size() + 1, 0, 0, 0);
      Collections.shuffle(links, new Random(round));
    }
    session.turn(turn(crawl).crawled(crawl.start()).links(crawl.link("more")));
    assertNumbers(crawl, links.size() + 2, 1, 0, 0);
  }

  @Test
  default void aCallSettlesTwoHundredPages() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Link[] links =
        IntStream.range(0, TurnRequest.MAX_OUTCOMES)
            .mapToObj(i -> crawl.link("p" + i))
            .toArray(Link[]::new);
    session.turn(turn(crawl).crawled(crawl.start()).links(links));
    Entry[] claimed = claimAll(session, crawl.lane()).toArray(Entry[]::new);
    assertEquals(CrawlStatus.DONE, session.turn(turn(crawl).crawled(claimed)).status());
    assertNumbers(crawl, 201, 201, 0, 0);
  }

  @Test
  default void moreThanACallMayCarryIsRefusedBeforeItIsMade() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = ready(crawl);
    Link[] links =
        Collections.nCopies(TurnRequest.MAX_LINKS + 1, crawl.link("a")).toArray(Link[]::new);
    assertThrows(IllegalArgumentException.class, () -> session.turn(turn(crawl).links(links)));
    Entry[] entries =
        Collections.nCopies(TurnRequest.MAX_OUTCOMES + 1, crawl.start()).toArray(Entry[]::new);
    assertThrows(IllegalArgumentException.class, () -> session.turn(turn(crawl).crawled(entries)));
    assertThrows(IllegalArgumentException.class, () -> session.turn(turn(crawl), turn(crawl)));
    List<Lane> lanes = Collections.nCopies(AcquireRequest.MAX_LANES + 1, crawl.lane());
    assertThrows(
        IllegalArgumentException.class,
        () -> session.acquire(Optional.empty(), TestingSession.LONG, lanes));
    assertNumbers(crawl, 1, 0, 0, 0);
  }
}
