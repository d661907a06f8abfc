package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeedStateTest {
  private static final String HOST = "a.example";
  private static final String OTHER = "b.example";
  private static final int LANES = 64;
  private static final Lane START = new Lane(HOST, 7);

  @Test
  void allLanesOfAHostWithADelayAreInItsSlot() {
    assertEquals(Set.of(Slots.of(HOST)), slots(state(1000, LANES, Set.of(HOST)), HOST));
    assertEquals(Set.of(Slots.of(HOST)), slots(state(0, 1, Set.of(HOST)), HOST));
  }

  @Test
  void lanesStayTogetherUntilTheHostIsKnownToNeedNoPacing() {
    SeedState state = state(0, LANES, Set.of());

    assertEquals(Set.of(Slots.of(START)), slots(state, HOST));
    assertEquals(Set.of(Slots.of(OTHER)), slots(state, OTHER));
  }

  @Test
  void lanesOfAHostThatNeedsNoPacingAreSpreadAndTheFirstOneStays() {
    SeedState state = state(0, LANES, Set.of(HOST));

    assertTrue(slots(state, HOST).size() > LANES / 2);
    assertEquals(Slots.of(START), state.slot(START));
    assertEquals(Set.of(Slots.of(OTHER)), slots(state, OTHER));
  }

  private static Set<Integer> slots(SeedState state, String host) {
    Set<Integer> slots = new TreeSet<>();
    for (int n = 0; n < LANES; n++) {
      slots.add(state.slot(new Lane(host, n)));
    }
    return slots;
  }

  private static SeedState state(long delayMs, int connections, Set<String> spread) {
    return new SeedState(
        new CrawlRef(new Seed(HOST), CrawlId.next(Instant.EPOCH, new Random(1))),
        CrawlStatus.CRAWLING,
        new CrawlOptions(
            CrawlOptions.UNLIMITED,
            CrawlOptions.UNLIMITED,
            true,
            delayMs,
            connections,
            List.of(),
            List.of(),
            false),
        Optional.empty(),
        Set.of(START),
        Set.of(),
        START,
        spread,
        false,
        Optional.empty(),
        Set.of(),
        new Activity(0, 0, 0),
        Optional.empty());
  }
}
