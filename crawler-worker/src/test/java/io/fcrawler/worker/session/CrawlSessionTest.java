package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fcrawler.store.SeedState;
import io.fcrawler.worker.session.FaultyStore.Fault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session from its first lane to the crawl's end, with faults on the way. */
final class CrawlSessionTest extends SessionContract {
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
}
