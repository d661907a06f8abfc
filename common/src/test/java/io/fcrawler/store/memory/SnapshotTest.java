package io.fcrawler.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Applied;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an explorer of states needs of the store in memory. */
final class SnapshotTest {
  private static final Seed SEED = new Seed("a.example");
  private static final CrawlId CRAWL = new CrawlId("01890000-0000-7000-8000-000000000001");
  private static final Lane LANE = new Lane("a.example", 0);

  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);

  private static NotedCommand open(Seed seed) {
    Open open =
        new Open(
            seed,
            CRAWL,
            Optional.empty(),
            "https://" + seed + "/",
            false,
            CrawlOptions.DEFAULT,
            Instant.EPOCH);
    return new NotedCommand(new Position("topic", 0, 0), open);
  }

  private void acquire(MemoryCrawlStore by, String session) {
    SessionRef ref = new SessionRef(new CrawlRef(SEED, CRAWL), session, 0);
    by.acquire(new AcquireRequest(ref, Optional.empty(), Duration.ofSeconds(10), List.of(LANE)));
  }

  @Test
  void snapshotsAreEqualWhereTheStatesAre() {
    Snapshot empty = store.snapshot();
    store.apply(open(SEED));
    Snapshot opened = store.snapshot();
    assertNotEquals(empty, opened);
    assertEquals(opened, store.snapshot());
    assertEquals(opened.hashCode(), store.snapshot().hashCode());
    acquire(store, "s");
    assertNotEquals(opened, store.snapshot());
    store.restore(opened);
    assertEquals(opened, store.snapshot());
    acquire(store, "s");
    Snapshot once = store.snapshot();
    store.restore(opened);
    acquire(store, "s");
    assertEquals(once, store.snapshot());
  }

  @Test
  void aSnapshotNeverChanges() {
    store.apply(open(SEED));
    Snapshot opened = store.snapshot();
    String before = opened.toString();
    acquire(store, "s");
    store.restore(opened);
    acquire(store, "t");
    assertEquals(before, opened.toString());
  }

  @Test
  void aSnapshotMayBeRestoredToAnotherStore() {
    store.apply(open(SEED));
    MemoryCrawlStore other = new MemoryCrawlStore(clock);
    other.restore(store.snapshot());
    acquire(other, "s");
    acquire(store, "s");
    assertEquals(store.snapshot(), other.snapshot());
  }

  @Test
  void shardsAreRestoredAlone() {
    Seed second = new Seed("b.example");
    Snapshot empty = store.snapshot();
    store.apply(open(SEED));
    store.apply(open(second));
    store.reactivate(SEED);
    Snapshot full = store.snapshot();
    store.restoreSeed(empty, SEED);
    assertEquals(Map.of(), store.states(List.of(SEED)));
    assertEquals(1, store.states(List.of(second)).size());
    store.restoreCommands(empty);
    assertEquals(Map.of(), store.active());
    store.restoreSeed(full, SEED);
    store.restoreCommands(full);
    assertEquals(full, store.snapshot());
  }

  @Test
  void aStartPageThatIsNoneIsRefusedBeforeAnythingChanges() {
    Open good = (Open) open(SEED).command();
    Open bad =
        new Open(SEED, CRAWL, Optional.empty(), "nowhere", false, good.options(), Instant.EPOCH);
    Snapshot before = store.snapshot();
    assertThrows(
        IllegalArgumentException.class,
        () -> store.apply(new NotedCommand(new Position("topic", 0, 0), bad)));
    assertEquals(before, store.snapshot());
    assertEquals(Applied.DONE, store.apply(open(SEED)));
  }
}
