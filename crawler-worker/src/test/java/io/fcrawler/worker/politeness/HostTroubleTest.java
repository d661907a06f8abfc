package io.fcrawler.worker.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HostTroubleTest {
  @Test
  void urlsThatFailInARowHaveTheirCrawlLeaveTheHostAloneForAMoment() {
    AtomicLong clock = new AtomicLong(1000);
    HostTrouble trouble = new HostTrouble(clock::get, 3);
    trouble.failed("timeout", true);
    trouble.failed("timeout", true);
    trouble.well();
    trouble.failed("timeout", true);
    trouble.failed("timeout", true);
    trouble.failed("timeout", false); // a retry
    assertEquals(0, trouble.leftNs());
    trouble.failed("timeout", true);
    assertEquals(Duration.ofSeconds(1).toNanos(), trouble.leftNs());
    trouble.pause(Duration.ZERO); // of a turn that knew nothing of it
    assertEquals(Duration.ofSeconds(1).toNanos(), trouble.leftNs());
    assertTrue(trouble.well());
    assertFalse(trouble.well());
    assertEquals(0, trouble.leftNs());
  }

  @Test
  void whatTheStoreSaysOfAPauseHolds() {
    AtomicLong clock = new AtomicLong(1000);
    HostTrouble trouble = new HostTrouble(clock::get, 3);
    trouble.pause(Duration.ofMinutes(5));
    assertEquals(Duration.ofMinutes(5).toNanos(), trouble.leftNs());
    trouble.pause(Duration.ofSeconds(2));
    assertEquals(Duration.ofSeconds(2).toNanos(), trouble.leftNs());
    trouble.pause(Duration.ZERO);
    assertEquals(0, trouble.leftNs());
  }
}
