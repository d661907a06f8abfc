package io.fcrawler.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotsTest {
  /** Slots are kept by running deployments, so the function must never change. */
  @Test
  void theFunctionIsFixed() {
    assertEquals(51, Slots.of("example.com"));
    assertEquals(10, Slots.of("127.0.0.1"));
    assertEquals(0, Slots.of(new Lane("example.com", 1)));
  }

  @Test
  void lanesOfAHostThatIsSpreadAreInManySlots() {
    Set<Integer> slots = new TreeSet<>();
    for (int n = 0; n < 64; n++) {
      slots.add(Slots.of(new Lane("example.com", n)));
    }

    assertTrue(slots.size() > 32, "64 lanes in " + slots.size() + " slots");
  }

  @Test
  void everyHostHasASlotAndAllAreUsed() {
    Set<Integer> slots = new TreeSet<>();
    for (int i = 0; i < 10_000; i++) {
      slots.add(Slots.of("host" + i + ".example"));
    }

    assertEquals(Slots.COUNT, slots.size());
    assertTrue(slots.stream().allMatch(slot -> slot >= 0 && slot < Slots.COUNT));
  }
}
