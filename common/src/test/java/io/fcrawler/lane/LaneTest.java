package io.fcrawler.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void aNameIsReadBack() {
    for (Lane lane : List.of(new Lane("example.com", 0), new Lane("[::1]", 63))) {
      assertEquals(lane, Lane.parse(lane.name()));
    }
    assertEquals("example.com/0", new Lane("example.com", 0).name());
  }

  @Test
  void everyFingerprintHasALaneOfItsHost() {
    assertEquals(0, Lane.of("h", Long.MIN_VALUE, 1).number());
    assertEquals(3, Lane.of("h", -1, 4).number());
    assertEquals(1, Lane.of("h", 5, 4).number());
  }
}
