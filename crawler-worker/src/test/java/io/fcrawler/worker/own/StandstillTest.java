package io.fcrawler.worker.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.HostPatience;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.Outcome.Crawled;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.store.memory.MemoryCrawlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which crawls are audited, when, and what is done with what is found. */
final class StandstillTest {
  private static final Seed SEED = new Seed("a.example");
  private static final Lane LANE = new Lane("a.example", 0);
  private static final Duration LEASE = Duration.ofDays(1);
  private static final Duration SCAN = Duration.ofSeconds(3);

  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);
  private final CrawlRef crawl = new CrawlRef(SEED, CrawlId.next(Instant.EPOCH, new Random(1)));
  private final Standstill standstill = new Standstill(store, this::nanos, this::audit);
  private List<Entry> claimed = List.of();
  private int audits;
  private long offset;

  StandstillTest() {
    apply(
        new Open(
            SEED,
            crawl.crawlId(),
            Optional.empty(),
            "https://a.example/",
            false,
            CrawlOptions.DEFAULT,
            Instant.EPOCH));
  }

  private long nanos() {
    return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  }

  private void apply(Command command) {
    store.apply(new NotedCommand(new Position("t", Slots.of(SEED.host()), offset++), command));
  }

  private void audit(Runnable task) {
    audits++;
    task.run();
  }

  private void scan(int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(SCAN);
      standstill.begin();
      standstill.scanned(store.states(List.of(SEED)).values());
      standstill.over(_ -> true);
    }
  }

  private void claim() {
    store.acquire(
        new AcquireRequest(new SessionRef(crawl, "s", 0), Optional.empty(), LEASE, List.of(LANE)));
    Turned turned = (Turned) turn(1, LaneTurn.claim(LANE, 1));
    claimed = assertInstanceOf(Held.class, turned.lanes().get(LANE)).claimed();
  }

  private void crawlClaimed() {
    List<Outcome> outcomes =
        claimed.stream().map(entry -> (Outcome) new Crawled(entry.fingerprint(), 1)).toList();
    turn(2, new LaneTurn(LANE, 0, outcomes, List.of(), List.of(), Set.of()));
  }

  private TurnReply turn(long seq, LaneTurn lane) {
    SessionRef session = new SessionRef(crawl, "s", seq);
    return store.turn(new TurnRequest(session, LEASE, HostPatience.DEFAULT, List.of(lane)));
  }

  private boolean damaged() {
    return store.progress(SEED).orElseThrow().damage().isPresent();
  }

  @Test
  void aCrawlThatLostItsQueueIsFoundAfterThreeScansAndListed() {
    store.loseQueue(SEED, LANE);
    scan(2);
    assertEquals(0, audits);
    scan(1);
    assertTrue(damaged());
    scan(1);
    assertEquals(Set.of(SEED), store.damaged());
    assertEquals(1, standstill.damaged());
  }

  @Test
  void aCrawlThatStandsStillIsAuditedOnceInTenMinutes() {
    scan(190);
    assertEquals(1, audits);
    scan(20);
    assertEquals(2, audits);
  }

  @Test
  void aPausedCrawlIsNotAudited() {
    apply(new Command.Pause(SEED, crawl.crawlId()));
    scan(300);
    assertEquals(0, audits);
  }

  @Test
  void aCrawlWithSomethingInFlightIsAuditedOnlyWhenThatLastsTooLong() {
    claim();
    scan(190);
    assertEquals(0, audits);
    scan(20);
    assertEquals(1, audits);
    assertEquals(false, damaged());
  }

  @Test
  void aLaneThatWasNotListedIsListedAgainAndTheNextAuditNeedNotWait() {
    store.loseOpening(SEED, LANE);
    scan(3);
    assertEquals(Set.of(LANE), store.states(List.of(SEED)).values().iterator().next().lanes());
    scan(1);
    assertEquals(2, audits);
    scan(100);
    assertEquals(2, audits);
  }

  @Test
  void aCrawlThatWasSeenUnderWayIsAuditedOnceWhenItIsDone() {
    scan(1);
    claim();
    scan(1);
    crawlClaimed();
    scan(200);
    assertEquals(1, audits);
    assertEquals(false, damaged());
  }

  @Test
  void aDamagedCrawlThatIsCancelledIsListedNoMore() {
    store.loseQueue(SEED, LANE);
    scan(4);
    apply(new Command.Cancel(SEED, crawl.crawlId()));
    scan(1);
    assertEquals(Set.of(), store.damaged());
    assertEquals(0, standstill.damaged());
  }

  @Test
  void theListOfDamagedCrawlsIsMadeRightWhenTheStoreWentBack() {
    store.loseQueue(SEED, LANE);
    scan(4);
    store.noteDamaged(Set.of(new Seed("gone.example")), Set.of(SEED));
    scan(1);
    assertEquals(Set.of(SEED), store.damaged());
  }
}
