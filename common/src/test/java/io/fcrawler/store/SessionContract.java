package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.TurnReply.Lost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What every call of a session is checked for before it changes anything. These tests guard two of
 * the rules that the design marks †: every call names its crawlId, and a wrong seq ends the
 * session.
 */
interface SessionContract extends StoreContract {
  /** The three calls of a session that holds the first lane, each made to change something. */
  private static List<Function<TestingSession, Optional<Refusal>>> calls(TestingCrawl crawl) {
    Lane lane = crawl.lane();
    LaneTurn turn = Turns.on(lane).crawled(crawl.start()).links(crawl.link("x")).claim(1).build();
    return List.of(
        session -> refusal(session.acquire(Optional.empty(), TestingSession.LONG, lanes(crawl))),
        session -> refusal(session.turn(TestingSession.LONG, turn)),
        session -> session.release(lane));
  }

  private static List<Lane> lanes(TestingCrawl crawl) {
    return List.of(crawl.lane(), crawl.lane("www"));
  }

  private static Optional<Refusal> refusal(AcquireReply reply) {
    return reply instanceof AcquireReply.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(TurnReply reply) {
    return reply instanceof TurnReply.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  /** Makes each call; all must be refused so and change nothing. */
  private void assertRefused(Refusal refusal, TestingCrawl crawl, TestingSession session) {
    for (Function<TestingSession, Optional<Refusal>> call : calls(crawl)) {
      assertNoChange(crawl, () -> assertEquals(Optional.of(refusal), call.apply(session)));
    }
  }

  @Test
  default void aSessionWithTheRightSeqGoesOn() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    for (Function<TestingSession, Optional<Refusal>> call : calls(crawl)) {
      long seq = session.seq();
      assertEquals(Optional.empty(), call.apply(session));
      assertEquals(seq + 1, session.seq());
    }
    assertNumbers(crawl, 2, 1, 0, 0);
  }

  @Test
  default void aWrongSeqIsStaleAndChangesNothing_daggerStale() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    for (long wrong : new long[] {0, session.seq() - 1, session.seq() + 1, Long.MAX_VALUE}) {
      assertRefused(Refusal.STALE, crawl, session.at(wrong));
    }
    assertEquals(
        CrawlStatus.DONE, session.turn(Turns.on(crawl.lane()).crawled(crawl.start())).status());
  }

  @Test
  default void aSessionThatIsNotKnownIsStaleUnlessItBegins() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.holder().claim(crawl.lane(), 1);
    assertRefused(Refusal.STALE, crawl, crawl.session().at(1));
  }

  @Test
  default void anyCallMayBeTheFirstOfItsSessionAndRepeatedItIsStale_daggerStale() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.holder().claim(crawl.lane(), 1);
    for (Function<TestingSession, Optional<Refusal>> call : calls(crawl)) {
      TestingSession session = crawl.session();
      assertEquals(Optional.empty(), call.apply(session));
      assertEquals(1, session.seq());
      assertRefused(Refusal.STALE, crawl, session.at(0));
    }
    assertNumbers(crawl, 1, 0, 0, 0);
  }

  @Test
  default void aSessionIsForgottenAfterTenLeases() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.session();
    session.acquire(crawl.lane(), Duration.ofMillis(10));
    backend().pass(Duration.ofMillis(110));
    assertRefused(Refusal.STALE, crawl, session);
    assertEquals(new Granted(false), session.at(0).acquire(crawl.lane()));
  }

  @Test
  default void aCallThatNamesAnotherCrawlIsGoneThoughSessionAndSeqAreRight_daggerGone() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingSession old = first.holder();
    old.claim(first.lane(), 1);
    first.cancel();
    TestingCrawl second = first.next();
    second.open();
    TestingSession session = new TestingSession(second.store, second.ref(), old.id, 0);
    session.take(second.lane());
    session.claim(second.lane(), 1);
    assertEquals(old.seq(), session.seq());
    assertRefused(Refusal.GONE, second, old);
    assertRefused(Refusal.GONE, second, session.of(second.next().ref()));
    session.turn(Turns.on(second.lane()).crawled(second.start()));
    assertNumbers(second, 1, 1, 0, 0);
  }

  @Test
  default void aCallOnASeedWithoutACrawlIsGone_daggerGone() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    assertRefused(Refusal.GONE, crawl, crawl.session());
    assertEquals(Optional.empty(), crawl.store.progress(crawl.seed));
    TestingCrawl opened = TestingCrawl.opened(backend());
    assertRefused(Refusal.GONE, opened, opened.session().of(opened.next().ref()));
  }

  @Test
  default void aCallOnAFinishedCrawlIsGone() {
    TestingCrawl done = TestingCrawl.opened(backend());
    TestingSession ended = done.holder();
    ended.claim(done.lane(), 1);
    ended.turn(Turns.on(done.lane()).crawled(done.start()));
    assertRefused(Refusal.GONE, done, ended);
    assertRefused(Refusal.GONE, done, done.session());
    TestingCrawl cancelled = TestingCrawl.opened(backend());
    TestingSession session = cancelled.holder();
    session.claim(cancelled.lane(), 1);
    cancelled.cancel();
    assertRefused(Refusal.GONE, cancelled, session);
    assertRefused(Refusal.GONE, cancelled, session.at(0));
  }

  /**
   * A worker whose answer was lost repeats the call, is told that it is stale, and begins anew: the
   * page is settled once.
   */
  @Test
  default void aRepeatedTurnCountsNothingTwice_daggerStale() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    LaneTurn turn =
        Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a")).claim(1).build();
    session.turn(turn);
    assertNoChange(
        crawl,
        () ->
            assertEquals(
                new TurnReply.Refused(Refusal.STALE),
                session.at(session.seq() - 1).turn(TestingSession.LONG, turn)));
    TestingSession next = crawl.session();
    next.acquire(Optional.of(session.id), TestingSession.LONG, List.of(crawl.lane()));
    assertEquals(List.of(crawl.page("a")), next.claim(crawl.lane(), 5));
    next.turn(Turns.on(crawl.lane()).crawled(crawl.page("a")));
    assertNumbers(crawl, 2, 2, 0, 0);
  }

  @Test
  default void twoSessionsWorkOnLanesOfTheirOwn() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    Lane www = crawl.lane("www");
    TestingSession first = crawl.holder();
    first.claim(crawl.lane(), 1);
    TestingSession second = crawl.session();
    Link there = new Link(crawl.page("there"), www, Optional.empty());
    first.turn(Turns.on(crawl.lane()).crawled(crawl.start()).links(there, crawl.link("here")));
    second.take(www);
    assertEquals(List.of(there.entry()), second.claim(www, 5));
    assertEquals(List.of(crawl.page("here")), first.claim(crawl.lane(), 5));
    Turns back = Turns.on(www).crawled(there.entry()).links(crawl.link("here"), crawl.link("b"));
    second.turn(back);
    assertNumbers(crawl, 4, 2, 0, 0);
    first.turn(Turns.on(crawl.lane()).crawled(crawl.page("here")).claim(5));
    first.turn(Turns.on(crawl.lane()).crawled(crawl.page("b")));
    assertNumbers(crawl, 4, 4, 0, 0);
    assertEquals(CrawlStatus.DONE, crawl.status());
  }

  /**
   * A worker that was stopped for longer than its lease, and goes on after another took its lane:
   * its session is good, but the lane is lost, and nothing of what it brings is taken.
   */
  @Test
  default void aZombieChangesNothingAfterATakeOver_daggerWait() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession zombie = crawl.holder();
    zombie.claim(crawl.lane(), 1, Duration.ofMillis(100));
    zombie.take(crawl.lane("www"));
    backend().pass(Duration.ofMillis(120));
    TestingSession heir = crawl.session();
    assertEquals(new Granted(true), heir.acquire(crawl.lane()));
    List<Entry> claimed = heir.claim(crawl.lane(), 1);
    Receipt before = crawl.receipt();
    TurnReply.Turned late =
        zombie.turn(Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("z")).claim(1));
    assertInstanceOf(Lost.class, TestingSession.verdict(late, crawl.lane()));
    assertEquals(Optional.empty(), zombie.release(crawl.lane()));
    assertInstanceOf(AcquireReply.Wait.class, zombie.acquire(crawl.lane()));
    assertEquals(before, crawl.receipt());
    heir.turn(Turns.on(crawl.lane()).crawled(claimed.getFirst()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void aZombieWhoseSessionWasSucceededIsStale_daggerStale() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession zombie = crawl.holder();
    zombie.claim(crawl.lane(), 1);
    TestingSession heir = crawl.session();
    heir.acquire(Optional.of(zombie.id), TestingSession.LONG, List.of(crawl.lane()));
    heir.claim(crawl.lane(), 1);
    assertRefused(Refusal.STALE, crawl, zombie);
    heir.turn(Turns.on(crawl.lane()).crawled(crawl.start()));
    assertNumbers(crawl, 1, 1, 0, 0);
  }
}
