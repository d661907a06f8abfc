package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.TurnReply.Held;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code turn}: what is claimed, and when more is due. */
interface ClaimContract extends StoreContract {
  Duration PAUSE = Duration.ofMillis(200);

  /** A session whose lane has pages a, b and c queued, and nothing in flight. */
  private static TestingSession withThreeQueued(TestingCrawl crawl) {
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane())
            .crawled(crawl.start())
            .links(crawl.link("a"), crawl.link("b"), crawl.link("c")));
    return session;
  }

  private static Held held(TestingSession session, TestingCrawl crawl, Turns turn) {
    return TestingSession.held(session.turn(turn), crawl.lane());
  }

  private static void assertDueWithin(Duration longest, Held held) {
    assertEquals(List.of(), held.claimed());
    Duration due = held.nextDue().orElseThrow();
    assertTrue(due.isPositive() && due.compareTo(longest) <= 0, due::toString);
  }

  @Test
  default void asManyAsAskedForAreClaimedInTheirOrder() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    assertEquals(List.of(crawl.page("a"), crawl.page("b")), session.claim(crawl.lane(), 2));
    assertEquals(2, crawl.progress().inFlight());
    assertEquals(1, crawl.receipt().queued());
    Held rest = held(session, crawl, Turns.on(crawl.lane()).claim(2));
    assertEquals(new Held(List.of(crawl.page("c")), Optional.empty()), rest);
    assertEquals(3, crawl.progress().inFlight());
    assertExact(crawl);
  }

  @Test
  default void aTurnThatAsksForNothingClaimsNothing() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    assertEquals(
        new Held(List.of(), Optional.empty()),
        held(session, crawl, Turns.on(crawl.lane()).claim(0)));
    assertEquals(3, crawl.receipt().queued());
  }

  @Test
  default void whatIsFoundInACallMayBeClaimedByIt() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Held held =
        held(
            session,
            crawl,
            Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a")).claim(1));
    assertEquals(List.of(crawl.page("a")), held.claimed());
  }

  @Test
  default void aRetryThatIsDueGoesBeforeTheQueue() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.claim(crawl.lane(), 1);
    session.turn(Turns.on(crawl.lane()).retry(crawl.page("a"), Duration.ZERO));
    assertEquals(
        List.of(crawl.page("a").retried(), crawl.page("b")), session.claim(crawl.lane(), 2));
  }

  @Test
  default void theFirstRetryThatIsNotDueIsTold() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.claim(crawl.lane(), 3);
    session.turn(
        Turns.on(crawl.lane())
            .retry(crawl.page("a"), Duration.ofHours(2))
            .retry(crawl.page("b"), Duration.ofHours(1))
            .retry(crawl.page("c"), Duration.ofHours(3)));
    Held held = held(session, crawl, Turns.on(crawl.lane()).claim(1));
    assertDueWithin(Duration.ofHours(1), held);
    assertTrue(held.nextDue().orElseThrow().compareTo(Duration.ofMinutes(30)) > 0);
    assertEquals(3, crawl.receipt().delayed());
  }

  @Test
  default void aRetryThatIsNotDueDoesNotHoldUpTheQueue() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.claim(crawl.lane(), 1);
    session.turn(Turns.on(crawl.lane()).retry(crawl.page("a"), Duration.ofHours(1)));
    assertEquals(
        new Held(List.of(crawl.page("b"), crawl.page("c")), Optional.empty()),
        held(session, crawl, Turns.on(crawl.lane()).claim(2)));
  }

  @Test
  default void retriesComeBackInTheOrderInWhichTheyAreDue() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.claim(crawl.lane(), 3);
    session.turn(
        Turns.on(crawl.lane())
            .retry(crawl.page("a"), PAUSE)
            .retry(crawl.page("b"), Duration.ZERO)
            .retry(crawl.page("c"), PAUSE.dividedBy(2)));
    backend().pass(PAUSE);
    assertEquals(
        List.of(crawl.page("b"), crawl.page("c"), crawl.page("a")),
        session.claim(crawl.lane(), 3).stream().map(ClaimContract::firstTry).toList());
  }

  private static Entry firstTry(Entry it) {
    assertEquals(1, it.retries());
    return Entry.link(it.fingerprint(), it.url(), it.depth(), it.referrer());
  }

  @Test
  default void aPausedHostIsNotClaimedForUntilItsTime() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    Turns turn = Turns.on(crawl.lane()).hostPause(PAUSE).claim(1);
    assertDueWithin(PAUSE, held(session, crawl, turn));
    assertEquals(3, crawl.receipt().queued());
    backend().pass(PAUSE);
    assertEquals(List.of(crawl.page("a")), session.claim(crawl.lane(), 1));
  }

  @Test
  default void aPausedHostHoldsBackRetriesToo() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.claim(crawl.lane(), 3);
    Turns turn =
        Turns.on(crawl.lane())
            .retry(crawl.page("a"), Duration.ZERO)
            .hostPause(Duration.ofHours(1))
            .claim(1);
    Held held = held(session, crawl, turn);
    assertDueWithin(Duration.ofHours(1), held);
    assertTrue(held.nextDue().orElseThrow().compareTo(Duration.ofMinutes(30)) > 0);
  }

  @Test
  default void aShorterPauseOfAHostDoesNotEndALongerOne() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofHours(1)));
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofMillis(1)));
    backend().pass(Duration.ofMillis(5));
    assertDueWithin(Duration.ofHours(1), held(session, crawl, Turns.on(crawl.lane()).claim(1)));
  }

  @Test
  default void aPauseIsForAllLanesOfTheHostAndForNoOther() {
    TestingCrawl crawl =
        TestingCrawl.opened(
            backend(), new CrawlOptions(-1, -1, false, 0, 2, List.of(), List.of(), false));
    Lane sibling = new Lane(crawl.seed.host(), 1 - crawl.lane().number());
    Lane www = crawl.lane("www");
    TestingSession session = crawl.holder();
    session.take(sibling, www);
    Entry there = crawl.page("there");
    Entry beside = crawl.page("beside");
    session.turn(
        Turns.on(crawl.lane())
            .hostPause(Duration.ofHours(1))
            .links(
                new Link(there, www, Optional.empty()),
                new Link(beside, sibling, Optional.empty())));
    assertDueWithin(Duration.ofHours(1), held(session, crawl, Turns.on(crawl.lane()).claim(1)));
    assertEquals(List.of(), session.claim(sibling, 1));
    assertEquals(List.of(there), session.claim(www, 1));
  }

  @Test
  default void lanesAreClaimedForApart() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = withThreeQueued(crawl);
    Lane www = crawl.lane("www");
    session.take(www);
    Link there = new Link(crawl.page("there"), www, Optional.empty());
    TurnReply.Turned turned =
        session.turn(Turns.on(crawl.lane()).links(there).claim(1), Turns.on(www).claim(5));
    assertEquals(List.of(crawl.page("a")), TestingSession.held(turned, crawl.lane()).claimed());
    assertEquals(List.of(there.entry()), TestingSession.held(turned, www).claimed());
    assertEquals(2, crawl.progress().inFlight());
    assertExact(crawl);
  }
}
