package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireReply.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * {@code acquire} and {@code release}: who holds a lane, and what becomes of what was in flight.
 */
interface AcquireContract extends StoreContract {
  Duration SHORT = Duration.ofMillis(100);
  Duration AFTER = Duration.ofMillis(120);

  @Test
  default void aFreeLaneIsGranted() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertEquals(new Granted(false), crawl.session().acquire(crawl.lane()));
    assertNumbers(crawl, 1, 0, 0, 0);
  }

  /** The holder may be fetching: while its lease runs, nobody else gets the lane. */
  @Test
  default void aHeldLaneIsWaitedForAsLongAsItsLease_daggerWait() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession holder = crawl.holder();
    holder.claim(crawl.lane(), 1);
    TestingSession other = crawl.session();
    Wait wait = assertInstanceOf(Wait.class, other.acquire(crawl.lane()));
    assertTrue(wait.remaining().isPositive());
    assertTrue(wait.remaining().compareTo(TestingSession.LONG) <= 0);
    TurnReply.Turned turned = other.turn(Turns.on(crawl.lane()).crawled(crawl.start()).claim(1));
    assertEquals(new TurnReply.Lost(), TestingSession.verdict(turned, crawl.lane()));
    assertEquals(1, crawl.receipt().inFlight());
    holder.turn(Turns.on(crawl.lane()).crawled(crawl.start()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void aLaneWhoseLeaseEndedIsTakenOver() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.holder().claim(crawl.lane(), 1, SHORT);
    backend().pass(AFTER);
    TestingSession heir = crawl.session();
    assertEquals(new Granted(true), heir.acquire(crawl.lane()));
    assertEquals(1, crawl.receipt().queued());
    assertEquals(List.of(crawl.start().takenOver()), heir.claim(crawl.lane(), 5));
    assertExact(crawl);
  }

  @Test
  default void aReleasedLaneIsGrantedAtOnceAndNothingIsCounted() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = crawl.holder();
    first.claim(crawl.lane(), 1);
    assertEquals(Optional.empty(), first.release(crawl.lane()));
    assertEquals(1, crawl.receipt().queued());
    TestingSession second = crawl.holder();
    assertEquals(List.of(crawl.start()), second.claim(crawl.lane(), 5));
    assertExact(crawl);
  }

  @Test
  default void aReleaseOfAnothersLaneChangesNothing() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession holder = crawl.holder();
    holder.claim(crawl.lane(), 1);
    TestingSession other = crawl.session();
    assertEquals(Optional.empty(), other.release(crawl.lane(), crawl.lane("www")));
    assertInstanceOf(Wait.class, other.acquire(crawl.lane()));
    assertEquals(1, crawl.receipt().inFlight());
    holder.turn(Turns.on(crawl.lane()).crawled(crawl.start()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void aReleaseOfOneLaneKeepsTheOthers() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession holder = crawl.holder();
    holder.take(crawl.lane("www"));
    holder.release(crawl.lane("www"));
    TestingSession other = crawl.session();
    assertEquals(new Granted(false), other.acquire(crawl.lane("www")));
    assertInstanceOf(Wait.class, other.acquire(crawl.lane()));
  }

  @Test
  default void anOwnLaneIsGrantedAgainAndKeepsWhatIsInFlight() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1, SHORT);
    session.take(crawl.lane());
    assertEquals(1, crawl.receipt().inFlight());
    backend().pass(AFTER);
    session.take(crawl.lane());
    assertInstanceOf(Wait.class, crawl.session().acquire(crawl.lane()));
    session.turn(Turns.on(crawl.lane()).crawled(crawl.start()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void anOwnLaneIsStillHeldAfterItsLeaseWhereNobodyTookIt() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1, SHORT);
    session.take(crawl.lane("www"));
    backend().pass(AFTER);
    session.turn(Turns.on(crawl.lane()).crawled(crawl.start()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void aTurnRenewsTheLeaseOfTheLanesItNames() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession holder = crawl.session();
    holder.acquire(crawl.lane("www"), SHORT);
    holder.acquire(crawl.lane(), SHORT);
    holder.turn(LaneTurn.claim(crawl.lane(), 0));
    backend().pass(AFTER);
    TestingSession other = crawl.session();
    assertInstanceOf(Wait.class, other.acquire(crawl.lane()));
    assertEquals(new Granted(true), other.acquire(crawl.lane("www")));
  }

  @Test
  default void aPredecessorsLaneIsGrantedAtOnceAndNothingIsCounted() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = crawl.holder();
    first.claim(crawl.lane(), 1);
    TestingSession second = crawl.session();
    assertEquals(new Granted(false), succeed(first, second, crawl.lane()));
    assertEquals(List.of(crawl.start()), second.claim(crawl.lane(), 5));
    TestingSession third = crawl.session();
    assertEquals(new Granted(false), succeed(second, third, crawl.lane()));
    assertEquals(List.of(crawl.start()), third.claim(crawl.lane(), 5));
  }

  private static AcquireReply.Grant succeed(
      TestingSession first, TestingSession second, Lane lane) {
    return TestingSession.grant(
        second.acquire(Optional.of(first.id), TestingSession.LONG, List.of(lane)), lane);
  }

  @Test
  default void aPredecessorThatLostTheLaneIsNoReasonToGrantIt() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = crawl.session();
    first.acquire(crawl.lane("www"));
    TestingSession holder = crawl.holder();
    TestingSession second = crawl.session();
    assertInstanceOf(Wait.class, succeed(first, second, crawl.lane()));
    holder.claim(crawl.lane(), 1);
    assertEquals(1, crawl.receipt().inFlight());
  }

  @Test
  default void aPredecessorMayBeNamedInALaterCallForFurtherLanes() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = crawl.holder();
    first.take(crawl.lane("www"));
    TestingSession second = crawl.session();
    assertEquals(new Granted(false), succeed(first, second, crawl.lane()));
    assertEquals(new Granted(false), succeed(first, second, crawl.lane("www")));
  }

  @Test
  default void eachLaneOfACallHasItsOwnVerdict() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession other = crawl.session();
    other.acquire(crawl.lane("ended"), SHORT);
    other.take(crawl.lane("held"));
    TestingSession session = crawl.session();
    session.take(crawl.lane("own"));
    backend().pass(AFTER);
    List<Lane> lanes =
        List.of(crawl.lane(), crawl.lane("ended"), crawl.lane("held"), crawl.lane("own"));
    Map<Lane, AcquireReply.Grant> grants =
        assertInstanceOf(
                Acquired.class, session.acquire(Optional.empty(), TestingSession.LONG, lanes))
            .lanes();
    assertEquals(4, grants.size());
    assertEquals(new Granted(false), grants.get(crawl.lane()));
    assertEquals(new Granted(true), grants.get(crawl.lane("ended")));
    assertInstanceOf(Wait.class, grants.get(crawl.lane("held")));
    assertEquals(new Granted(false), grants.get(crawl.lane("own")));
  }

  @Test
  default void whatIsReleasedGoesBackToTheHeadTheShallowestFirst() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession holder = withDepthsInFlight(crawl, TestingSession.LONG);
    holder.release(crawl.lane());
    assertBreadthFirst(crawl, crawl.holder());
  }

  @Test
  default void whatIsTakenOverGoesBackToTheHeadTheShallowestFirst() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    withDepthsInFlight(crawl, SHORT);
    backend().pass(AFTER);
    TestingSession heir = crawl.session();
    assertEquals(new Granted(true), heir.acquire(crawl.lane()));
    assertBreadthFirst(crawl, heir);
  }

  @Test
  default void whatAPredecessorHadGoesBackToTheHeadTheShallowestFirst() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession first = withDepthsInFlight(crawl, TestingSession.LONG);
    TestingSession second = crawl.session();
    succeed(first, second, crawl.lane());
    assertBreadthFirst(crawl, second);
  }

  /** Entries of depths 12, 2 and 5 in flight, and one of depth 1 in the queue. */
  private static TestingSession withDepthsInFlight(TestingCrawl crawl, Duration lease) {
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane())
            .crawled(crawl.start())
            .links(crawl.link(crawl.page("d12", 12)), crawl.link(crawl.page("d2", 2)))
            .links(crawl.link(crawl.page("d5", 5)), crawl.link(crawl.page("d1", 1))));
    assertEquals(3, session.claim(crawl.lane(), 3, lease).size());
    return session;
  }

  private void assertBreadthFirst(TestingCrawl crawl, TestingSession session) {
    assertEquals(
        List.of(2, 5, 12, 1), session.claim(crawl.lane(), 9).stream().map(Entry::depth).toList());
    assertExact(crawl);
  }

  @Test
  default void anEntryTakenOverThreeTimesIsDelayed() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    for (int takeovers = 0; takeovers < 3; takeovers++) {
      TestingSession session = crawl.session();
      session.acquire(crawl.lane());
      assertEquals(takeovers, session.claim(crawl.lane(), 1, SHORT).getFirst().takeovers());
      backend().pass(AFTER);
    }
    TestingSession last = crawl.session();
    assertEquals(new Granted(true), last.acquire(crawl.lane()));
    assertEquals(1, crawl.receipt().delayed());
    TurnReply.Held held =
        TestingSession.held(last.turn(LaneTurn.claim(crawl.lane(), 1)), crawl.lane());
    assertEquals(List.of(), held.claimed());
    Duration due = held.nextDue().orElseThrow();
    assertTrue(due.isPositive() && due.compareTo(Duration.ofSeconds(60)) <= 0, due::toString);
    assertExact(crawl);
  }

  @Test
  default void whatATakeOverDoesToAnEntryDependsOnHowOftenItHappened() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Turns turn = Turns.on(crawl.lane()).crawled(crawl.start());
    for (int takeovers : new int[] {1, 2, 8, 9}) {
      turn.links(crawl.link(takenOver(crawl.page("after-" + takeovers), takeovers)));
    }
    session.turn(turn);
    session.claim(crawl.lane(), 4, SHORT);
    backend().pass(AFTER);
    TestingSession heir = crawl.session();
    heir.acquire(crawl.lane());
    Receipt receipt = crawl.receipt();
    assertEquals(1, receipt.queued());
    assertEquals(2, receipt.delayed());
    assertNumbers(crawl, 5, 1, 1, 0);
    assertEquals(List.of(takenOver(crawl.page("after-1"), 2)), heir.claim(crawl.lane(), 9));
  }

  private static Entry takenOver(Entry entry, int times) {
    Entry result = entry;
    for (int i = 0; i < times; i++) {
      result = result.takenOver();
    }
    return result;
  }

  @Test
  default void anEntryTakenOverTenTimesIsAbandonedAndAsTheLastOneEndsTheCrawl() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Entry page = crawl.page("kills-its-worker");
    session.turn(
        Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link(takenOver(page, 9))));
    session.claim(crawl.lane(), 1, SHORT);
    backend().pass(AFTER);
    TestingSession heir = crawl.session();
    assertEquals(new Granted(true), heir.acquire(crawl.lane()));
    assertEquals(CrawlStatus.DONE, crawl.status());
    assertNumbers(crawl, 2, 1, 1, 0);
    Failure failure =
        crawl.store.failures(crawl.seed, ListQuery.first(9)).orElseThrow().items().getFirst();
    assertEquals(page.url(), failure.url());
    assertEquals("abandoned", failure.reason());
    assertEquals(0, failure.httpStatus());
    assertEquals(10, failure.attempts());
    assertEquals(page.referrer(), failure.referrer());
    assertEquals(
        new TurnReply.Refused(Refusal.GONE),
        heir.turn(TestingSession.LONG, LaneTurn.claim(crawl.lane(), 1)));
  }

  @Test
  default void whatIsQueuedOrDelayedIsNotCountedAsTakenOver() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a")));
    session.turn(Turns.on(crawl.lane()).links(crawl.link("b")).claim(1));
    session.turn(Turns.on(crawl.lane()).retry(crawl.page("a"), Duration.ZERO));
    session.claim(crawl.lane(), 0, SHORT);
    backend().pass(AFTER);
    TestingSession heir = crawl.session();
    assertEquals(new Granted(true), heir.acquire(crawl.lane()));
    assertEquals(List.of(crawl.page("a").retried(), crawl.page("b")), heir.claim(crawl.lane(), 9));
  }
}
