package io.fcrawler.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static Schedule drawn(long number) {
    return Schedule.draw(new Random(number));
  }

  @Test
  void theSameNumberGivesTheSameFaults() {
    assertEquals(drawn(7).lines(), drawn(7).lines());
    assertNotEquals(drawn(7).lines(), drawn(8).lines());
  }

  @Test
  void faultsAreInTheOrderOfTheirTimesAndSeveral() {
    for (int number = 0; number < 100; number++) {
      List<Integer> times = drawn(number).faults().stream().map(Fault::atMs).toList();
      assertTrue(times.size() >= 4, times::toString);
      assertEquals(times.stream().sorted().toList(), times);
    }
  }

  @Test
  void aHundredRunsHaveEveryKind() {
    Set<String> kinds = new HashSet<>();
    IntStream.range(0, 100).forEach(number -> kinds.addAll(drawn(number).kinds()));
    assertEquals(Set.copyOf(Schedule.allKinds()), kinds);
  }

  @Test
  void aLineTellsWhatHappensWhenAndForHowLong() {
    Fault fault = new Fault(Fault.Kind.SLOW, 1250, 7000, "api-1-kafka", 300);
    assertEquals("1.3 s: api-1-kafka delayed by 300 ms for 7.0 s", fault.toString());
  }
}
