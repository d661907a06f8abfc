package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Lanes that pass from one session to another, or from one crawl to the next. */
final class LaneHandoverTest extends SessionContract {
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
}
