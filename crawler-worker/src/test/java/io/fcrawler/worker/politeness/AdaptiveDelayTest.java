package io.fcrawler.worker.politeness;

import static io.fcrawler.worker.politeness.HostGateTest.enter;
import static io.fcrawler.worker.politeness.HostGateTest.opens;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a host fares decides when it is asked next. */
final class AdaptiveDelayTest {
  private static final AdaptiveDelay TWICE =
      new AdaptiveDelay(2, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** A gate whose host took that long for its answers, one after another; and its clock. */
  private static HostGate gateAfter(AtomicLong clock, Duration... responses)
      throws InterruptedException {
    HostGate gate = new HostGate(clock::get, TWICE, clock.get() - Duration.ofHours(1).toNanos());
    for (Duration response : responses) {
      clock.addAndGet(Duration.ofHours(1).toNanos());
      HostGate.Pass pass = enter(gate, Duration.ZERO, 9);
      pass.started();
      clock.addAndGet(response.toNanos());
      pass.started();
      pass.close();
    }
    return gate;
  }

  private static void assertDelay(Duration expected, HostGate gate, AtomicLong clock)
      throws InterruptedException {
    long now = clock.get();
    assertFalse(opens(gate, clock, now + expected.toNanos() - 1, Duration.ZERO));
    assertTrue(opens(gate, clock, now + expected.toNanos(), Duration.ZERO));
  }

  @Test
  void aSlowHostIsGivenAMultipleOfItsResponseTime() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    HostGate gate = gateAfter(clock, Duration.ofSeconds(3), Duration.ofSeconds(3));
    assertDelay(Duration.ofSeconds(6), gate, clock);
  }

  @ParameterizedTest
  @CsvSource({"2, 6", "6, 2"})
  void itsResponseTimeIsTheShorterOfItsLastTwo(int first, int second) throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    HostGate gate =
        gateAfter(
            clock, Duration.ofSeconds(30), Duration.ofSeconds(first), Duration.ofSeconds(second));
    assertDelay(Duration.ofSeconds(4), gate, clock);
  }

  @Test
  void oneSlowAnswerIsNoSlowHost() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    assertOpen(gateAfter(clock, Duration.ofSeconds(40)), clock);
    assertOpen(gateAfter(clock, Duration.ofSeconds(40), Duration.ofMillis(3)), clock);
  }

  private static void assertOpen(HostGate gate, AtomicLong clock) throws InterruptedException {
    assertTrue(opens(gate, clock, clock.get(), Duration.ZERO));
  }

  @Test
  void aHostThatIsFastEnoughIsNotSlowedDown() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    assertOpen(gateAfter(clock, Duration.ofMillis(499), Duration.ofMillis(499)), clock);
  }

  @Test
  void theAdaptiveDelayHasALimit() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    HostGate gate = gateAfter(clock, Duration.ofMinutes(2), Duration.ofMinutes(2));
    assertDelay(Duration.ofSeconds(30), gate, clock);
  }

  @Test
  void aLongerDelayOfTheCallerHoldsBesideIt() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    HostGate gate = gateAfter(clock, Duration.ofSeconds(1), Duration.ofSeconds(1));
    long now = clock.get();
    Duration asked = Duration.ofSeconds(5);
    assertFalse(opens(gate, clock, now + asked.toNanos() - 1, asked));
    assertTrue(opens(gate, clock, now + asked.toNanos(), asked));
  }

  @Test
  void aHostThatSaysTooManyRequestsIsSlowedDownAndSpeedsUpAgain() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    HostGate gate = gateAfter(clock, Duration.ofMillis(1));
    gate.throttled();
    gate.throttled();
    clock.addAndGet(Duration.ofHours(1).toNanos());
    HostGate.Pass pass = enter(gate, Duration.ZERO, 9);
    pass.started();
    assertDelay(Duration.ofMillis(500), gate, clock);
    for (int i = 0; i < 40; i++) {
      clock.addAndGet(Duration.ofHours(1).toNanos());
      HostGate.Pass next = enter(gate, Duration.ZERO, 9);
      next.started();
      next.started();
      next.close();
    }
    assertTrue(opens(gate, clock, clock.get(), Duration.ZERO));
    pass.close();
  }
}
