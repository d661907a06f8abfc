package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.HostPatience;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.web.Truth;
import io.fcrawler.worker.session.FaultyStore.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions on a real protocol, with faults. Every crawl here ends with exact numbers. Leases
 * outlast any test: where one is to end, the clocks of session and store are put forward.
 */
@Timeout(600)
final class CrawlSessionTest {
  private static final String TOP = "https://site.example/";
  private static final Seed SEED = new Seed("site.example");

  private Duration lease = Duration.ofMinutes(10);
  private final AtomicLong aheadNs = new AtomicLong();
  private final MemoryCrawlStore memory =
      new MemoryCrawlStore(() -> Instant.now().plusNanos(aheadNs.get()));
  private final FaultyStore faulty = new FaultyStore(memory);
  private final CrawlRef crawl = new CrawlRef(SEED, CrawlId.next(Instant.now(), new Random(1)));
  private final AtomicBoolean mayAcquire = new AtomicBoolean(true);
  private final AtomicInteger acquisitions = new AtomicInteger();
  private final AtomicBoolean mayRenew = new AtomicBoolean(true);
  private final AtomicBoolean mayClaim = new AtomicBoolean(true);

  private void letLeasesEnd() {
    aheadNs.addAndGet(lease.plusSeconds(1).toNanos());
  }

  private SeedState open(int connections) {
    CrawlOptions options =
        new CrawlOptions(-1, -1, false, 0, connections, List.of(), List.of(), false);
    Open open =
        new Open(SEED, crawl.crawlId(), Optional.empty(), TOP, false, options, Instant.now());
    memory.apply(new NotedCommand(new Position("topic", 0, 0), open));
    return memory.states(List.of(SEED)).values().iterator().next();
  }

  private boolean mayAcquire() {
    acquisitions.incrementAndGet();
    return mayAcquire.get();
  }

  private CrawlSession session(SeedState state, LaneWork site, Optional<String> predecessor) {
    return session(state, site, predecessor, 0, state.options().connectionsPerHost());
  }

  private CrawlSession session(
      SeedState state, LaneWork site, Optional<String> predecessor, int from, int to) {
    SessionSettings settings =
        new SessionSettings(
            lease,
            HostPatience.DEFAULT,
            () -> System.nanoTime() + aheadNs.get(),
            this::mayAcquire,
            mayRenew::get,
            mayClaim::get);
    CrawlSession session = new CrawlSession(faulty.store(), state, settings, site, 10, predecessor);
    session.want(IntStream.range(from, to).mapToObj(n -> new Lane(SEED.host(), n)).toList());
    session.start();
    return session;
  }

  private void assertDone(TestingSite site) {
    Progress progress = memory.progress(SEED).orElseThrow();
    Truth truth = site.truth(TOP);
    assertEquals(CrawlStatus.DONE, progress.status());
    assertEquals(truth.total(), progress.total());
    assertEquals(truth.crawled().size(), progress.crawled());
    assertEquals(truth.failed().size(), progress.failed());
    assertEquals(List.of(), memory.receipt(SEED).orElseThrow().differences());
    assertTrue(site.visits.keySet().containsAll(truth.crawled()));
    assertTrue(site.visits.keySet().containsAll(truth.failed().keySet()));
    assertTrue(site.mostInALane.get() <= 1, "two visits of one lane at once");
    assertEquals(0, site.memory.used(), "memory of visits is given back, settled or dropped");
  }

  private static SessionEnd end(CrawlSession session) throws Exception {
    return session.ended().get(300, TimeUnit.SECONDS);
  }

  /**
   * Lets leases end until the session does, as a call that is under way may renew them once more.
   */
  private SessionEnd endByLease(CrawlSession session) throws Exception {
    Eventually.holds(
        "the session ends",
        () -> {
          letLeasesEnd();
          session.checkLeases();
          session.wake(Optional.empty());
          return session.ended().isDone();
        });
    return end(session);
  }

  @Test
  void aSiteIsVisitedToTheEndAndEachPageOnce() throws Exception {
    SeedState state = open(3);
    TestingSite site = new TestingSite(crawl, 3).tree(TOP, 6, 3);
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
    site.visits.forEach((url, count) -> assertEquals(1, count.get(), url));
  }

  @Test
  void aLostAnswerEndsTheSessionAndTheNextOneGoesOnExactly() throws Exception {
    SeedState state = open(2);
    TestingSite site = new TestingSite(crawl, 2).tree(TOP, 5, 3);
    faulty.faults.addAll(List.of(Fault.NONE, Fault.NONE, Fault.NONE, Fault.ANSWER_LOST));
    CrawlSession first = session(state, site, Optional.empty());
    assertEquals(SessionEnd.DROPPED, end(first));
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.of(first.id()))));
    assertDone(site);
  }

  @Test
  void aCallThatWasNotExecutedIsMadeAgainWithTheSameSeq() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 4, 2);
    faulty.faults.addAll(List.of(Fault.NONE, Fault.NONE, Fault.NOT_EXECUTED, Fault.NOT_EXECUTED));
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
    site.visits.forEach((url, count) -> assertEquals(1, count.get(), url));
  }

  /** Guards the rule that the seen cache dies with the session. */
  @Test
  void afterTheStoreWentBackInTimeAllThatItForgotIsFoundAgain() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 5, 3);
    var before = memory.snapshot();
    site.gated = TOP + "3/";
    site.gate = Optional.of(new CountDownLatch(1));
    CrawlSession first = session(state, site, Optional.empty());
    await(() -> site.visitsOf(site.gated) > 0);
    memory.restore(before);
    site.gate.get().countDown();
    assertEquals(SessionEnd.DROPPED, end(first));
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.of(first.id()))));
    assertDone(site);
  }

  /** Guards the rule that a request is under way only within the lease. */
  @Test
  void withoutAnAnswerRequestsEndBeforeTheLeaseDoes() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 3, 1);
    site.gated = TOP;
    site.gate = Optional.of(new CountDownLatch(1));
    CrawlSession session = session(state, site, Optional.empty());
    await(() -> site.visitsOf(TOP) > 0);
    faulty.away.set(true);
    assertEquals(SessionEnd.DROPPED, endByLease(session));
    assertEquals(1, site.interrupted.get());
    // By the store's clock the lease may last a little longer, but no request does.
    assertEquals(0, site.underWay.values().stream().mapToInt(AtomicInteger::get).sum());
  }

  /** Guards the rule that a worker that Kafka does not count as alive takes no lane. */
  @Test
  void noLaneIsAcquiredWhileKafkaIsSilent() throws Exception {
    SeedState state = open(1);
    mayAcquire.set(false);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 2, 1);
    CrawlSession session = session(state, site, Optional.empty());
    for (int i = 1; i <= 3; i++) {
      int times = i;
      session.wake(Optional.empty());
      await(() -> acquisitions.get() >= times);
    }
    assertFalse(faulty.calls.contains("acquire"));
    mayAcquire.set(true);
    session.wake(Optional.empty());
    assertEquals(SessionEnd.GONE, end(session));
    assertDone(site);
  }

  /** Guards against a crawl that waits for ever for what a lane had in its hands. */
  @Test
  void aLaneThatEndsByItselfEndsTheSession() throws Exception {
    SeedState state = open(2);
    TestingSite site = new TestingSite(crawl, 2).tree(TOP, 3, 1);
    LaneWork walksOut =
        (lane, takeover, claims) -> {
          claims.next();
          throw new InterruptedException("its lease seemed to be over");
        };
    assertEquals(SessionEnd.DROPPED, end(session(state, walksOut, Optional.empty())));
    letLeasesEnd();
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
  }

  /** Guards the rule that a worker cut off with pages that it can't put out stops renewing. */
  @Test
  void aWorkerThatIsOfNoUseLetsItsLeasesEnd() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 3, 1);
    site.gated = TOP;
    site.gate = Optional.of(new CountDownLatch(1));
    CrawlSession session = session(state, site, Optional.empty());
    await(() -> site.visitsOf(TOP) > 0);
    mayRenew.set(false);
    assertEquals(SessionEnd.DROPPED, endByLease(session));
  }

  /** Guards the rule that a worker whose pages can't be put out takes no further URL. */
  @Test
  void nothingIsClaimedWhilePagesCannotBePutOutAndTheLanesAreKept() throws Exception {
    SeedState state = open(1);
    mayClaim.set(false);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 3, 1);
    CrawlSession session = session(state, site, Optional.empty());
    await(() -> session.held() == 1);
    for (int i = 1; i <= 3; i++) {
      int turns = turns();
      aheadNs.addAndGet(lease.dividedBy(2).toNanos());
      session.wake(Optional.empty());
      await(() -> turns() > turns);
      session.checkLeases();
    }
    assertEquals(0, memory.progress(SEED).orElseThrow().inFlight());
    mayClaim.set(true);
    session.wake(Optional.empty());
    assertEquals(SessionEnd.GONE, end(session));
    assertDone(site);
  }

  private int turns() {
    return (int) faulty.calls.stream().filter("turn"::equals).count();
  }

  @Test
  void aDrainedLaneSettlesItsLastVisitAndIsFreeAtOnce() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 4, 2);
    site.gated = TOP;
    CountDownLatch gate = new CountDownLatch(1);
    site.gate = Optional.of(gate);
    CrawlSession first = session(state, site, Optional.empty());
    await(() -> site.visitsOf(TOP) > 0);
    first.drain(state.lanes());
    gate.countDown();
    assertEquals(SessionEnd.RELEASED, end(first));
    assertEquals(1, memory.progress(SEED).orElseThrow().crawled());
    assertEquals(0, memory.progress(SEED).orElseThrow().inFlight());
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
    site.visits.forEach((url, count) -> assertEquals(1, count.get(), url));
  }

  @Test
  void aLaneThatDrainsForTooLongIsForcedAndItsPageFetchedAgain() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 3, 1);
    site.gated = TOP;
    site.gate = Optional.of(new CountDownLatch(1));
    CrawlSession first = session(state, site, Optional.empty());
    await(() -> site.visitsOf(TOP) > 0);
    first.drain(state.lanes());
    first.force(state.lanes());
    assertEquals(SessionEnd.RELEASED, end(first));
    site.gate = Optional.empty();
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
    assertEquals(2, site.visitsOf(TOP));
  }

  @Test
  void aPageWithMoreLinksThanATurnTakesIsSettledByManyTurns() throws Exception {
    SeedState state = open(2);
    String[] links =
        IntStream.range(0, 7_000).mapToObj(i -> TOP + "leaf/" + i).toArray(String[]::new);
    TestingSite site = new TestingSite(crawl, 2).page(TOP, links);
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
    assertEquals(7_000, memory.progress(SEED).orElseThrow().failed());
  }

  /** Guards the rule that a caller answered "gone" drops what it has of the crawl. */
  @Test
  void whenAnotherCrawlIsCurrentTheSessionEndsAndWhatItBroughtCountsNowhere() throws Exception {
    SeedState state = open(1);
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 3, 2);
    site.gated = TOP;
    site.gate = Optional.of(new CountDownLatch(1));
    CrawlSession session = session(state, site, Optional.empty());
    await(() -> site.visitsOf(TOP) > 0);
    memory.apply(
        new NotedCommand(new Position("topic", 0, 1), new Command.Cancel(SEED, crawl.crawlId())));
    CrawlId next = CrawlId.next(Instant.now(), new Random(2));
    Open again =
        new Open(
            SEED, next, Optional.of(crawl.crawlId()), TOP, false, state.options(), Instant.now());
    memory.apply(new NotedCommand(new Position("topic", 0, 2), again));
    site.gate.get().countDown();
    assertEquals(SessionEnd.GONE, end(session));
    Progress fresh = memory.progress(SEED).orElseThrow();
    assertEquals(next, fresh.crawl().crawlId());
    assertEquals(List.of(1L, 0L, 0L), List.of(fresh.total(), fresh.crawled(), fresh.failed()));
  }

  @Test
  void aLaneOfAnotherSessionIsWaitedFor() throws Exception {
    SeedState state = open(1);
    Lane lane = state.lanes().iterator().next();
    heldByAnother(lane, Duration.ofMillis(300));
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 2, 1);
    assertEquals(SessionEnd.GONE, end(session(state, site, Optional.empty())));
    assertDone(site);
  }

  @Test
  void aLaneThatAnotherSessionReleasedIsTakenWithoutWaitingForItsLease() throws Exception {
    SeedState state = open(1);
    Lane lane = state.lanes().iterator().next();
    TestingSite site = new TestingSite(crawl, 1).tree(TOP, 2, 1);
    CrawlSession session = waiting(state, lane, site);
    SessionRef other = new SessionRef(crawl, "other", 1);
    assertEquals(Optional.empty(), memory.release(new ReleaseRequest(other, List.of(lane))));
    session.wake(Optional.of(lane));
    assertEquals(SessionEnd.GONE, end(session));
    assertDone(site);
  }

  @Test
  void aSessionThatWaitsForALaneInVainEndsWhenItIsGivenUp() throws Exception {
    SeedState state = open(1);
    Lane lane = state.lanes().iterator().next();
    CrawlSession session = waiting(state, lane, new TestingSite(crawl, 1));
    session.drain(List.of(lane));
    assertEquals(SessionEnd.RELEASED, end(session));
  }

  /** A session that asked for a lane which another holds for longer than a test takes. */
  private CrawlSession waiting(SeedState state, Lane lane, TestingSite site) {
    heldByAnother(lane, Duration.ofHours(1));
    CrawlSession session = session(state, site, Optional.empty());
    await(() -> faulty.calls.contains("acquire"));
    return session;
  }

  private void heldByAnother(Lane lane, Duration otherLease) {
    SessionRef other = new SessionRef(crawl, "other", 0);
    Acquired acquired =
        (Acquired)
            memory.acquire(new AcquireRequest(other, Optional.empty(), otherLease, List.of(lane)));
    assertEquals(new Granted(false), acquired.lanes().get(lane));
  }

  @Test
  void twoSessionsShareACrawl() throws Exception {
    lease = Duration.ofSeconds(15); // an idle session hears of the end when it renews
    SeedState state = open(4);
    TestingSite site = new TestingSite(crawl, 4).tree(TOP, 6, 3);
    CrawlSession one = session(state, site, Optional.empty(), 0, 2);
    CrawlSession two = session(state, site, Optional.empty(), 2, 4);
    Consumer<Announcement> hear =
        news -> {
          if (news instanceof LaneReady ready) {
            List.of(one, two).forEach(session -> session.wake(Optional.of(ready.lane())));
          }
        };
    try (var _ = memory.listen(hear)) {
      assertEquals(SessionEnd.GONE, end(one));
      assertEquals(SessionEnd.GONE, end(two));
    }
    assertDone(site);
    site.visits.forEach((url, count) -> assertEquals(1, count.get(), url));
  }

  private static void await(BooleanSupplier condition) {
    Eventually.holds("it is so", condition::getAsBoolean);
  }
}
