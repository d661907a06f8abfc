package io.fcrawler.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole way of a page that kills each worker that fetches it: it takes minutes. */
final class TakeoverTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Seed SEED = new Seed("a.example");
  private static final CrawlId CRAWL = new CrawlId("01890000-0000-7000-8000-000000000001");
  private static final Lane LANE = new Lane("a.example", 0);

  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);

  @Test
  void aPageThatKillsItsWorkersIsTriedTenTimesEverMoreSeldomAndThenAbandoned() {
    Open open =
        new Open(
            SEED,
            CRAWL,
            Optional.empty(),
            "https://a.example/",
            false,
            CrawlOptions.DEFAULT,
            Instant.EPOCH);
    store.apply(new NotedCommand(new Position("topic", 0, 0), open));
    for (int worker = 0; worker < 10; worker++) {
      acquire(worker);
      if (worker >= 3) {
        assertEquals(List.of(), claim(worker, 1));
        clock.advance(Duration.ofSeconds(60));
      }
      Entry entry = claim(worker, worker >= 3 ? 2 : 1).getFirst();
      assertEquals(worker, entry.takeovers());
      clock.advance(LEASE);
    }
    acquire(10);
    assertEquals(CrawlStatus.DONE, store.progress(SEED).orElseThrow().status());
    assertEquals(1, store.progress(SEED).orElseThrow().failed());
    assertTrue(store.receipt(SEED).orElseThrow().clean());
  }

  private static SessionRef session(int worker, long seq) {
    return new SessionRef(new CrawlRef(SEED, CRAWL), "worker-" + worker, seq);
  }

  private void acquire(int worker) {
    assertInstanceOf(
        Acquired.class,
        store.acquire(
            new AcquireRequest(session(worker, 0), Optional.empty(), LEASE, List.of(LANE))));
  }

  private List<Entry> claim(int worker, long seq) {
    Turned turned =
        assertInstanceOf(
            Turned.class,
            store.turn(
                new TurnRequest(session(worker, seq), LEASE, List.of(LaneTurn.claim(LANE, 1)))));
    return assertInstanceOf(Held.class, turned.lanes().get(LANE)).claimed();
  }
}
