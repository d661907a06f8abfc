package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.Announcement.HostPaused;
import io.fcrawler.store.TroubledHost.State;
import io.fcrawler.store.TurnReply.Held;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code turn}: hosts that fail are backed off, parked, tried again, and given up. */
interface HostContract extends StoreContract {
  /** Two failures in a row, pauses of 1, 2 and 4 s. */
  HostPatience PATIENCE = new HostPatience(2, Duration.ofSeconds(4), Duration.ofMillis(7_500));

  /** A session whose first lane has pages a to e queued. */
  private static TestingSession holder(TestingCrawl crawl) {
    TestingSession session = crawl.holder().bearing(PATIENCE);
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane())
            .crawled(crawl.start())
            .links(
                crawl.link("a"),
                crawl.link("b"),
                crawl.link("c"),
                crawl.link("d"),
                crawl.link("e")));
    return session;
  }

  private static Held held(TestingSession session, TestingCrawl crawl, Turns turn) {
    return TestingSession.held(session.turn(turn), crawl.lane());
  }

  /** Claims a page, and fails at it; what the store then says, where another is asked for. */
  private static Held fail(TestingSession session, TestingCrawl crawl) {
    List<Entry> claimed = session.claim(crawl.lane(), 1);
    assertEquals(1, claimed.size());
    return held(
        session,
        crawl,
        Turns.on(crawl.lane())
            .retry(claimed.getFirst(), Duration.ZERO)
            .hostFailed("connection_refused")
            .claim(1));
  }

  private static void assertPause(Duration most, Held held) {
    assertEquals(List.of(), held.claimed());
    assertEquals(held.hostPause(), held.nextDue().orElseThrow());
    assertTrue(held.hostPause().isPositive(), "no pause");
    assertTrue(held.hostPause().compareTo(most) <= 0, held::toString);
    assertTrue(held.hostPause().compareTo(most.dividedBy(2)) > 0, held::toString);
  }

  private static TroubledHost onlyTrouble(TestingCrawl crawl) {
    List<TroubledHost> hosts = crawl.store.troubledHosts(crawl.seed, 10);
    assertEquals(1, hosts.size());
    assertEquals(crawl.lane().host(), hosts.getFirst().host());
    return hosts.getFirst();
  }

  @Test
  default void aHostThatAnswersIsWellAndNotListed() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Held held = held(session, crawl, Turns.on(crawl.lane()).hostWell().claim(1));
    assertEquals(HostStanding.WELL, held.host());
    assertEquals(Duration.ZERO, held.hostPause());
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
  }

  @Test
  default void aHostThatFailedIsTroubledUntilItAnswers() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Held failed = fail(session, crawl);
    assertEquals(HostStanding.TROUBLED, failed.host());
    assertEquals(1, failed.claimed().size());
    assertEquals(
        new TroubledHost(
            crawl.lane().host(), State.FAILING, "connection_refused", 1, Optional.empty()),
        onlyTrouble(crawl));
    Held well = held(session, crawl, Turns.on(crawl.lane()).hostWell().claim(1));
    assertEquals(HostStanding.WELL, well.host());
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
  }

  @Test
  default void ofATroubledHostWhatWasNeverTriedComesBeforeWhatIsRetried() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    assertEquals(List.of(crawl.page("b")), fail(session, crawl).claimed());
    assertEquals(
        List.of(crawl.page("c"), crawl.page("d"), crawl.page("e"), crawl.page("a").retried()),
        session.claim(crawl.lane(), 9));
  }

  @Test
  default void aHostThatFailsInARowIsLeftAloneForLongerAndLonger() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Entry second = fail(session, crawl).claimed().getFirst();
    Turns again = Turns.on(crawl.lane()).retry(second, Duration.ZERO).hostFailed("timeout");
    assertPause(Duration.ofSeconds(1), held(session, crawl, again.claim(9)));
    assertEquals(State.BACKED_OFF, onlyTrouble(crawl).state());
    assertEquals("timeout", onlyTrouble(crawl).reason());
    assertTrue(onlyTrouble(crawl).until().isPresent());
    backend().pass(Duration.ofSeconds(1));
    assertPause(Duration.ofSeconds(2), fail(session, crawl));
    backend().pass(Duration.ofSeconds(2));
    assertPause(Duration.ofSeconds(4), fail(session, crawl));
    assertEquals(State.PARKED, onlyTrouble(crawl).state());
    assertEquals(4, onlyTrouble(crawl).failures());
    assertExact(crawl);
  }

  @Test
  default void whileItIsBackedOffOneEntryIsTriedAtATime() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.turn(Turns.on(crawl.lane()).hostFailed("dns_temporary").hostFailed("dns_temporary"));
    backend().pass(Duration.ofSeconds(1));
    assertEquals(List.of(crawl.page("a")), session.claim(crawl.lane(), 9));
    session.turn(Turns.on(crawl.lane()).crawled(crawl.page("a")).hostWell());
    assertEquals(4, session.claim(crawl.lane(), 9).size());
  }

  @Test
  default void aRequestThatWasUnderWayWhenThePauseBeganDoesNotCount() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Turns turn = Turns.on(crawl.lane());
    for (int i = 0; i < 9; i++) {
      turn.hostFailed("timeout");
    }
    assertPause(Duration.ofSeconds(1), held(session, crawl, turn.claim(1)));
    assertEquals(2, onlyTrouble(crawl).failures());
  }

  @Test
  default void aRetryOfAUrlSaysNothingMoreOfItsHost() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Turns turn = Turns.on(crawl.lane());
    for (int i = 0; i < 9; i++) {
      turn.hostPause(Duration.ZERO);
    }
    Held held = held(session, crawl, turn.claim(2));
    assertEquals(HostStanding.WELL, held.host());
    assertEquals(2, held.claimed().size());
  }

  @Test
  default void anAnswerEndsABackOffButNotWhatTheHostAskedFor() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout").hostFailed("timeout").hostWell());
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
    assertEquals(1, session.claim(crawl.lane(), 1).size());
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofHours(1)).hostWell());
    assertEquals(State.WAITING, onlyTrouble(crawl).state());
    assertEquals(List.of(), session.claim(crawl.lane(), 1));
  }

  @Test
  default void whatAHostAskedForBeforeItFailedIsNoReasonToGiveItUp() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    Duration pause = Duration.ofMillis(1_500);
    TestingSession session =
        holder(crawl).bearing(new HostPatience(2, Duration.ofSeconds(4), pause));
    session.turn(Turns.on(crawl.lane()).hostPause(pause));
    backend().pass(pause);
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout").hostFailed("timeout"));
    assertEquals(State.BACKED_OFF, onlyTrouble(crawl).state());
  }

  @Test
  default void aPauseThatAHostAskedForIsTroubleUntilItIsOver() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofMillis(1)));
    backend().pass(Duration.ofSeconds(1));
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
    Held held = held(session, crawl, Turns.on(crawl.lane()));
    assertEquals(HostStanding.WELL, held.host());
    assertEquals(Duration.ZERO, held.asked());
  }

  @Test
  default void whatAHostAskedForIsToldApartFromABackOff() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout").hostFailed("timeout"));
    Held backedOff = held(session, crawl, Turns.on(crawl.lane()));
    assertTrue(backedOff.hostPause().isPositive());
    assertEquals(Duration.ZERO, backedOff.asked());
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofHours(1)));
    Held asked = held(session, crawl, Turns.on(crawl.lane()).hostWell());
    assertEquals(asked.hostPause(), asked.asked());
    assertTrue(asked.asked().compareTo(Duration.ofMinutes(59)) > 0, asked::toString);
  }

  @Test
  default void aHostThatIsAwayForTooLongIsGivenUpAndItsUrlsAreClaimedAllTheSame() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    fail(session, crawl);
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout"));
    session.turn(Turns.on(crawl.lane()).hostPause(Duration.ofSeconds(8)));
    Held held = held(session, crawl, Turns.on(crawl.lane()).claim(9));
    assertEquals(HostStanding.GIVEN_UP, held.host());
    assertEquals(Duration.ZERO, held.hostPause());
    assertEquals(4, held.claimed().size()); // one is in flight since it failed first
    assertEquals(State.GIVEN_UP, onlyTrouble(crawl).state());
    assertEquals(Optional.empty(), onlyTrouble(crawl).until());
    assertExact(crawl);
  }

  @Test
  default void anotherHostIsNotConcerned() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    Lane www = crawl.lane("www");
    session.take(www);
    Entry there = crawl.page("there");
    session.turn(
        Turns.on(crawl.lane())
            .hostFailed("timeout")
            .hostFailed("timeout")
            .links(new Link(there, www, Optional.empty())));
    assertEquals(List.of(there), session.claim(www, 1));
    assertEquals(HostStanding.WELL, held(session, www).host());
  }

  private static Held held(TestingSession session, Lane lane) {
    return TestingSession.held(session.turn(Turns.on(lane)), lane);
  }

  @Test
  default void aLaneThatIsLostReportsNothing() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.release(crawl.lane());
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout").hostPause(Duration.ofHours(1)));
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
  }

  @Test
  default void aPauseOfAHostThatIsSpreadIsAnnounced() throws InterruptedException {
    TestingCrawl crawl =
        TestingCrawl.opened(
            backend(), new CrawlOptions(-1, -1, false, 0, 2, List.of(), List.of(), false));
    TestingSession session = crawl.holder();
    BlockingQueue<Announcement> heard = new LinkedBlockingQueue<>();
    try (CrawlStore.Subscription _ = crawl.store.listen(heard::add)) {
      session.turn(Turns.on(crawl.lane()).spreads().hostPause(Duration.ofMinutes(1)));
      HostPaused news = paused(heard);
      assertEquals(crawl.seed, news.seed());
      assertEquals(crawl.lane().host(), news.host());
      assertTrue(news.pause().compareTo(Duration.ofMinutes(1)) <= 0, news::toString);
      assertTrue(news.pause().compareTo(Duration.ofSeconds(50)) > 0, news::toString);
      assertEquals(Duration.ofMinutes(1), news.asked());
    }
  }

  @Test
  default void whatAHostDidNotAskForIsAnnouncedAsSuch() throws InterruptedException {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = holder(crawl);
    session.turn(Turns.on(crawl.lane()).spreads().hostFailed("timeout"));
    BlockingQueue<Announcement> heard = new LinkedBlockingQueue<>();
    try (CrawlStore.Subscription _ = crawl.store.listen(heard::add)) {
      session.turn(Turns.on(crawl.lane()).hostFailed("timeout"));
      HostPaused news = paused(heard);
      assertTrue(news.pause().isPositive(), news::toString);
      assertEquals(Duration.ZERO, news.asked());
    }
  }

  private static HostPaused paused(BlockingQueue<Announcement> heard) throws InterruptedException {
    while (true) {
      Announcement news = heard.poll(120, TimeUnit.SECONDS);
      assertTrue(news != null, "never heard of the pause");
      if (news instanceof HostPaused pause) {
        return pause;
      }
    }
  }

  @Test
  default void thoseThatHoldUpMostAreGivenFirst() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder().bearing(PATIENCE);
    List<Lane> lanes = List.of(crawl.lane("a"), crawl.lane("b"), crawl.lane("c"));
    session.take(lanes.toArray(Lane[]::new));
    session.turn(Turns.on(lanes.get(0)).hostFailed("timeout"));
    session.turn(Turns.on(lanes.get(1)).hostPause(Duration.ofHours(1)));
    session.turn(Turns.on(lanes.get(2)).hostFailed("timeout").hostFailed("timeout"));
    assertEquals(
        List.of(State.BACKED_OFF, State.WAITING),
        crawl.store.troubledHosts(crawl.seed, 2).stream().map(TroubledHost::state).toList());
  }

  @Test
  default void troubledHostsAreGivenInTheOrderOfTheirNamesAndNoMoreThanAskedFor() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    List<Lane> lanes = List.of(crawl.lane("c"), crawl.lane("a"), crawl.lane("b"));
    session.take(lanes.toArray(Lane[]::new));
    lanes.forEach(lane -> session.turn(Turns.on(lane).hostFailed("timeout")));
    assertEquals(
        List.of(crawl.lane("a").host(), crawl.lane("b").host()),
        crawl.store.troubledHosts(crawl.seed, 2).stream().map(TroubledHost::host).toList());
  }

  @Test
  default void aCrawlThatIsOverHasNoTroubledHosts() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.turn(Turns.on(crawl.lane()).hostFailed("timeout"));
    crawl.cancel();
    assertEquals(List.of(), crawl.store.troubledHosts(crawl.seed, 10));
    assertEquals(List.of(), crawl.store.troubledHosts(TestingCrawl.unopened(backend()).seed, 10));
  }
}
