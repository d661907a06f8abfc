package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.TurnReply.Lost;
import io.fcrawler.store.TurnReply.Turned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code turn}: what the outcomes of claimed entries do. */
interface TurnContract extends StoreContract {
  /** A crawl whose start page is in flight. */
  record InFlight(TestingCrawl crawl, TestingSession session) {
    static InFlight in(StoreBackend backend) {
      TestingCrawl crawl = TestingCrawl.opened(backend);
      TestingSession session = crawl.holder();
      assertEquals(List.of(crawl.start()), session.claim(crawl.lane(), 1));
      return new InFlight(crawl, session);
    }

    Entry start() {
      return crawl.start();
    }

    Turns turn() {
      return Turns.on(crawl.lane());
    }
  }

  @Test
  default void aCrawledPageIsCountedWithItsBytes() {
    InFlight it = InFlight.in(backend());
    Turned turned = it.session.turn(it.turn().crawled(it.start()).links(it.crawl.link("a")));
    assertEquals(CrawlStatus.CRAWLING, turned.status());
    assertNumbers(it.crawl, 2, 1, 0, 0);
    assertEquals(Turns.BYTES, it.crawl.progress().bytes());
    assertEquals(0, it.crawl.receipt().inFlight());
  }

  @Test
  default void theCrawlIsDoneInTheStepThatSettlesItsLastPage() {
    InFlight it = InFlight.in(backend());
    it.session.turn(it.turn().crawled(it.start()).links(it.crawl.link("a")).claim(1));
    Turned turned = it.session.turn(it.turn().crawled(it.crawl.page("a")).claim(5));
    assertEquals(CrawlStatus.DONE, turned.status());
    assertEquals(
        new TurnReply.Held(List.of(), Optional.empty()),
        TestingSession.verdict(turned, it.crawl.lane()));
    assertNumbers(it.crawl, 2, 2, 0, 0);
    assertTrue(it.crawl.progress().finishedAt().isPresent());
    assertEquals(2 * Turns.BYTES, it.crawl.progress().bytes());
  }

  @Test
  default void aFailedPageIsCountedAndListedWithAllThatIsKnown() {
    InFlight it = InFlight.in(backend());
    it.session.turn(it.turn().crawled(it.start()).links(it.crawl.link("a")).claim(1));
    Entry page = it.crawl.page("a");
    assertEquals(
        CrawlStatus.DONE, it.session.turn(it.turn().failed(page, "http_404", 404)).status());
    assertNumbers(it.crawl, 2, 1, 1, 0);
    Failure failure =
        it.crawl.store.failures(it.crawl.seed, ListQuery.first(9)).orElseThrow().items().get(0);
    assertEquals(
        new Failure(page.url(), "http_404", 404, 1, page.referrer(), failure.time()), failure);
    assertEquals(it.crawl.progress().finishedAt(), Optional.of(failure.time()));
  }

  @Test
  default void anExcludedPageLeavesTheTotalAndStaysSeen() {
    InFlight it = InFlight.in(backend());
    Entry page = it.crawl.page("a");
    it.session.turn(it.turn().crawled(it.start()).links(it.crawl.link(page)).claim(1));
    it.session.turn(
        it.turn().excluded(page, "robots").links(it.crawl.link("b"), it.crawl.link(page)));
    assertNumbers(it.crawl, 2, 1, 0, 1);
    assertEquals(List.of(it.crawl.page("b")), it.session.claim(it.crawl.lane(), 9));
  }

  @Test
  default void aCrawlOfWhichAllIsExcludedIsDone() {
    InFlight it = InFlight.in(backend());
    assertEquals(
        CrawlStatus.DONE, it.session.turn(it.turn().excluded(it.start(), "robots")).status());
    assertNumbers(it.crawl, 0, 0, 0, 1);
  }

  @Test
  default void aRetryWaitsUntilItIsDueAndKeepsTheCrawlFromBeingDone() {
    InFlight it = InFlight.in(backend());
    Duration delay = Duration.ofMillis(200);
    Turned turned = it.session.turn(it.turn().retry(it.start(), delay).claim(1));
    assertEquals(CrawlStatus.CRAWLING, turned.status());
    TurnReply.Held held = TestingSession.held(turned, it.crawl.lane());
    assertEquals(List.of(), held.claimed());
    assertTrue(held.nextDue().orElseThrow().compareTo(delay) <= 0);
    assertEquals(1, it.crawl.receipt().delayed());
    assertNumbers(it.crawl, 1, 0, 0, 0);
    backend().pass(delay);
    assertEquals(List.of(it.start().retried()), it.session.claim(it.crawl.lane(), 1));
    it.session.turn(it.turn().crawled(it.start()));
    assertNumbers(it.crawl, 1, 1, 0, 0);
  }

  @Test
  default void aRetryWithoutDelayIsClaimedInTheSameTurn() {
    InFlight it = InFlight.in(backend());
    Turned turned = it.session.turn(it.turn().retry(it.start(), Duration.ZERO).claim(1));
    assertEquals(
        List.of(it.start().retried()), TestingSession.held(turned, it.crawl.lane()).claimed());
    assertNumbers(it.crawl, 1, 0, 0, 0);
  }

  @Test
  default void aWithdrawnStartPageIsReplacedByItsHttpForm() {
    InFlight it = InFlight.in(backend());
    Entry http = Entry.start(42, "http://" + it.crawl.seed + "/", false);
    Turned turned =
        it.session.turn(it.turn().withdrawn(it.start()).links(it.crawl.link(http)).claim(1));
    assertEquals(CrawlStatus.CRAWLING, turned.status());
    assertEquals(List.of(http), TestingSession.held(turned, it.crawl.lane()).claimed());
    assertNumbers(it.crawl, 1, 0, 0, 0);
  }

  @Test
  default void aWithdrawnPageMayBeFoundAgain() {
    InFlight it = InFlight.in(backend());
    it.session.turn(it.turn().withdrawn(it.start()).links(it.crawl.link("a")).claim(1));
    Entry again = Entry.link(it.start().fingerprint(), it.start().url(), 2, "");
    it.session.turn(it.turn().crawled(it.crawl.page("a")).links(it.crawl.link(again)));
    assertNumbers(it.crawl, 2, 1, 0, 0);
    assertEquals(List.of(again), it.session.claim(it.crawl.lane(), 9));
  }

  @Test
  default void aCrawlOfWhichAllIsWithdrawnIsDoneWithoutAPage() {
    InFlight it = InFlight.in(backend());
    assertEquals(CrawlStatus.DONE, it.session.turn(it.turn().withdrawn(it.start())).status());
    assertNumbers(it.crawl, 0, 0, 0, 0);
  }

  @Test
  default void anOutcomeOfWhatIsNotInFlightIsIgnored() {
    InFlight it = InFlight.in(backend());
    Entry settled = it.start();
    Entry queued = it.crawl.page("queued");
    Entry unknown = it.crawl.page("unknown");
    it.session.turn(it.turn().crawled(settled).links(it.crawl.link(queued)));
    Receipt before = it.crawl.receipt();
    for (Entry entry : List.of(settled, queued, unknown)) {
      it.session.turn(it.turn().crawled(entry));
      it.session.turn(it.turn().failed(entry, "timeout", 0));
      it.session.turn(it.turn().excluded(entry, "robots"));
      it.session.turn(it.turn().retry(entry, Duration.ZERO));
      it.session.turn(it.turn().withdrawn(entry));
    }
    assertEquals(before, it.crawl.receipt());
    assertEquals(Turns.BYTES, it.crawl.progress().bytes());
    assertEquals(List.of(queued), it.session.claim(it.crawl.lane(), 9));
  }

  @Test
  default void anEntryIsSettledInItsOwnLaneOnly() {
    InFlight it = InFlight.in(backend());
    Lane www = it.crawl.lane("www");
    it.session.take(www);
    it.session.turn(Turns.on(www).crawled(it.start()));
    assertNumbers(it.crawl, 1, 0, 0, 0);
    assertEquals(1, it.crawl.receipt().inFlight());
  }

  @Test
  default void anEntryIsSettledOnceWhateverACallSays() {
    InFlight it = InFlight.in(backend());
    it.session.turn(
        it.turn()
            .crawled(it.start(), it.start())
            .failed(it.start(), "timeout", 0)
            .links(it.crawl.link("a")));
    assertNumbers(it.crawl, 2, 1, 0, 0);
  }

  @Test
  default void aCallSettlesAllKindsOfOutcomesAtOnce() {
    InFlight it = InFlight.in(backend());
    List<Entry> pages = new ArrayList<>();
    Turns found = it.turn().crawled(it.start());
    for (int i = 0; i < 5; i++) {
      pages.add(it.crawl.page("p" + i));
      found.links(it.crawl.link(pages.get(i)));
    }
    assertEquals(
        pages, TestingSession.held(it.session.turn(found.claim(5)), it.crawl.lane()).claimed());
    it.session.turn(
        it.turn()
            .crawled(pages.get(0))
            .failed(pages.get(1), "dns", 0)
            .excluded(pages.get(2), "robots")
            .retry(pages.get(3), Duration.ofHours(1))
            .withdrawn(pages.get(4)));
    assertNumbers(it.crawl, 4, 2, 1, 1);
    assertEquals(1, it.crawl.receipt().delayed());
  }

  @Test
  default void aPageMaySendItsLinksBeforeItsOutcome() {
    InFlight it = InFlight.in(backend());
    it.session.turn(it.turn().links(it.crawl.link("a")));
    it.session.turn(it.turn().links(it.crawl.link("b"), it.crawl.link("a")));
    assertNumbers(it.crawl, 3, 0, 0, 0);
    it.session.turn(it.turn().crawled(it.start()));
    assertNumbers(it.crawl, 3, 1, 0, 0);
  }

  /** Nothing of a lane that is another's is done, while the same call's other lanes go on. */
  @Test
  default void aLostLaneChangesNothingAndTheOthersGoOn_daggerWait() {
    InFlight it = InFlight.in(backend());
    Lane lost = it.crawl.lane("lost");
    Link there = new Link(it.crawl.page("there"), lost, Optional.empty());
    it.session.turn(it.turn().links(there));
    TestingSession other = it.crawl.session();
    other.take(lost);
    assertEquals(List.of(there.entry()), other.claim(lost, 1));
    Turned turned =
        it.session.turn(
            Turns.on(lost)
                .claim(5)
                .crawled(there.entry())
                .links(it.crawl.link("never"))
                .hostPause(Duration.ofHours(1))
                .joins("never.example")
                .spreads(),
            it.turn().crawled(it.start()).links(it.crawl.link("a")).claim(1));
    assertEquals(new Lost(), TestingSession.verdict(turned, lost));
    assertEquals(
        List.of(it.crawl.page("a")), TestingSession.held(turned, it.crawl.lane()).claimed());
    assertNumbers(it.crawl, 3, 1, 0, 0);
    assertEquals(Set.of(), turned.joined());
    assertEquals(Set.of(), it.crawl.state().spread());
    Link further = new Link(it.crawl.page("further"), lost, Optional.empty());
    it.session.turn(it.turn().links(further));
    assertEquals(List.of(further.entry()), other.claim(lost, 5));
  }

  @Test
  default void aHostIsSpreadFromTheTurnThatSaysSo() {
    CrawlOptions several =
        new CrawlOptions(
            CrawlOptions.UNLIMITED,
            CrawlOptions.UNLIMITED,
            false,
            0,
            2,
            List.of(),
            List.of(),
            false);
    TestingCrawl crawl = TestingCrawl.opened(backend(), several);
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    assertEquals(Set.of(), crawl.state().spread());
    session.turn(Turns.on(crawl.lane()).spreads());
    session.turn(Turns.on(crawl.lane()).spreads());
    session.turn(Turns.on(crawl.lane()));
    assertEquals(Set.of(crawl.lane().host()), crawl.state().spread());
    crawl.cancel();
    TestingCrawl next = crawl.next();
    assertEquals(Applied.DONE, next.open());
    assertEquals(Set.of(), next.state().spread());
  }

  @Test
  default void whatJoinsTheScopeIsToldToAll() {
    InFlight it = InFlight.in(backend());
    String www = "www." + it.crawl.seed;
    assertEquals(Set.of(www), it.session.turn(it.turn().joins(www)).joined());
    Turned more = it.session.turn(it.turn().joins(www).joins("m." + it.crawl.seed));
    assertEquals(Set.of(www, "m." + it.crawl.seed), more.joined());
    assertEquals(more.joined(), it.crawl.state().joined());
    assertEquals(more.joined(), it.crawl.session().turn(it.turn()).joined());
  }

  @Test
  default void aTurnWithoutLanesIsATurn() {
    InFlight it = InFlight.in(backend());
    Turned turned = it.session.turn(new Turns[0]);
    assertEquals(CrawlStatus.CRAWLING, turned.status());
    assertTrue(turned.lanes().isEmpty());
    assertEquals(1, it.crawl.receipt().inFlight());
  }

  @Test
  default void theLastChangeIsTold() {
    InFlight it = InFlight.in(backend());
    Progress before = it.crawl.progress();
    backend().pass(Duration.ofMillis(5));
    it.session.turn(it.turn().crawled(it.start()).links(it.crawl.link("a")));
    assertNotEquals(before.updatedAt(), it.crawl.progress().updatedAt());
  }

  /** From each state through which a crawl went, it ends with the same numbers. */
  @Test
  default void fromEveryEarlierStateTheCrawlEndsWithTheSameNumbers_daggerStale() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.session();
    List<Consumer<TestingSession>> steps =
        List.of(
            s -> s.take(crawl.lane()),
            s -> s.claim(crawl.lane(), 1),
            s ->
                s.turn(
                    Turns.on(crawl.lane())
                        .crawled(crawl.start())
                        .links(crawl.link("a"), crawl.link("b"))),
            s -> s.claim(crawl.lane(), 1),
            s -> s.turn(Turns.on(crawl.lane()).retry(crawl.page("a"), Duration.ZERO)),
            s -> s.claim(crawl.lane(), 2),
            s -> s.turn(Turns.on(crawl.lane()).crawled(crawl.page("a"), crawl.page("b"))));
    List<StoreBackend.Rollback> states = new ArrayList<>();
    for (Consumer<TestingSession> step : steps) {
      states.add(backend().snapshot());
      step.accept(session);
      assertExact(crawl);
    }
    assertEquals(CrawlStatus.DONE, crawl.status());
    for (StoreBackend.Rollback state : states) {
      state.restore();
      assertExact(crawl);
      assertNoChange(
          crawl,
          () ->
              assertEquals(
                  new TurnReply.Refused(Refusal.STALE),
                  session.turn(
                      TestingSession.LONG,
                      Turns.on(crawl.lane()).crawled(crawl.page("b")).build())));
      finish(crawl, session);
      assertNumbers(crawl, 3, 3, 0, 0);
    }
  }

  /** A new session of the same worker crawls what is left of start, a and b. */
  private static void finish(TestingCrawl crawl, TestingSession predecessor) {
    TestingSession session = crawl.session();
    session.acquire(Optional.of(predecessor.id), TestingSession.LONG, List.of(crawl.lane()));
    for (int turns = 0; !crawl.status().finished(); turns++) {
      assertTrue(turns < 10, "never ends");
      Turns turn = Turns.on(crawl.lane());
      for (Entry entry : session.claim(crawl.lane(), 1)) {
        turn.crawled(entry);
        if (entry.start()) {
          turn.links(crawl.link("a"), crawl.link("b"));
        }
      }
      session.turn(turn);
    }
  }
}
