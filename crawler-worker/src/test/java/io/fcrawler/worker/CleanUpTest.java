package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.store.TestingClock;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.store.memory.MemoryCrawlStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What dead workers left, and what living ones keep. */
final class CleanUpTest {
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(21);

  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);
  private Optional<Set<String>> group = Optional.of(Set.of());
  private final CleanUp cleanUp = cleanUp();

  private CleanUp cleanUp() {
    return new CleanUp(store, () -> group, SESSION_TIMEOUT, clock);
  }

  @AfterEach
  void close() {
    cleanUp.close();
  }

  private void report(String... ids) {
    for (String id : ids) {
      var now = clock.instant();
      store.workers().report(new WorkerReport(id, "h:1", "1", now, now, 1, 1, 0, 0, 1, 2));
    }
  }

  private Set<String> listed() {
    return store.workers().discover();
  }

  @Test
  void aSilentWorkerThatIsNotInTheGroupIsRemoved() {
    report("dead");
    clock.advance(SILENCE);
    report("me");
    cleanUp.look();
    assertEquals(Set.of("me"), listed());
    assertEquals(1, store.lastCleanup().orElseThrow().removed());
    assertEquals(1, store.lastCleanup().orElseThrow().workers());
    assertEquals(clock.instant(), store.lastCleanup().orElseThrow().at());
  }

  @Test
  void oneThatIsCutOffFromKafkaButReportsIsKept() {
    report("cut-off");
    clock.advance(SILENCE.minusSeconds(2));
    cleanUp.look();
    assertEquals(Set.of("cut-off"), listed());
  }

  @Test
  void oneThatIsCutOffFromTheStoreButInTheGroupIsKept() {
    report("cut-off");
    group = Optional.of(Set.of("cut-off"));
    clock.advance(SILENCE);
    cleanUp.look();
    assertEquals(Set.of("cut-off"), listed());
  }

  @Test
  void whereTheGroupIsNotKnownNothingIsRemovedOrNoted() {
    report("dead");
    group = Optional.empty();
    clock.advance(SILENCE);
    cleanUp.look();
    assertEquals(Set.of("dead"), listed());
    assertEquals(Optional.empty(), store.lastCleanup());
  }

  @Test
  void aLaterLookIsLeftOutWhereAnotherWorkerCleanedUpMeanwhile() {
    cleanUp.look();
    clock.advance(Duration.ofMinutes(30));
    try (CleanUp other = cleanUp()) {
      other.look();
    }
    report("dead");
    clock.advance(Duration.ofMinutes(30));
    cleanUp.look();
    assertEquals(Set.of("dead"), listed());
    clock.advance(Duration.ofHours(1));
    cleanUp.look();
    assertEquals(Set.of(), listed());
  }

  @Test
  void oneThatWasRemovedThoughItLivesIsListedByItsNextReport() {
    report("slow");
    clock.advance(SILENCE);
    cleanUp.look();
    report("slow");
    assertEquals(Set.of("slow"), listed());
  }
}
