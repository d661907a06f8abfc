package io.fcrawler.worker.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HostGateTest {
  private static final Duration DELAY = Duration.ofMillis(20);

  private static HostGate gate() {
    return new HostGate(
        System::nanoTime, AdaptiveDelay.NONE, System.nanoTime() - Duration.ofHours(1).toNanos());
  }

  static HostGate.Pass enter(HostGate gate, Duration delay, int connections)
      throws InterruptedException {
    return gate.enter(delay, connections, new HostTrouble(System::nanoTime, 3));
  }

  /** Has threads pass the gate, and gives the times (ns) at which their requests started. */
  private static List<Long> starts(HostGate gate, int threads, Duration delay, int connections)
      throws InterruptedException {
    List<Long> starts = Collections.synchronizedList(new ArrayList<>());
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.startVirtualThread(() -> {
            try (HostGate.Pass pass = enter(gate, delay, connections)) {
              starts.add(System.nanoTime());
              pass.started();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    return starts.stream().sorted().toList();
  }

  @Test
  void noTwoRequestsStartCloserThanTheDelay() throws InterruptedException {
    List<Long> starts = starts(gate(), 8, DELAY, 8);
    assertEquals(8, starts.size());
    for (int i = 1; i < starts.size(); i++) {
      assertTrue(starts.get(i) - starts.get(i - 1) >= DELAY.toNanos());
    }
  }

  @Test
  void theDelayOfTheRequestBeforeHoldsToo() throws InterruptedException {
    HostGate gate = gate();
    enter(gate, DELAY, 9).close();
    long before = System.nanoTime();
    enter(gate, Duration.ZERO, 9).close();
    assertTrue(System.nanoTime() - before >= DELAY.toNanos() / 2);
  }

  @Test
  void noMoreRequestsAreUnderWayThanAllowed() throws InterruptedException {
    HostGate gate = gate();
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try (HostGate.Pass pass = enter(gate, Duration.ZERO, 3)) {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              underWay.decrementAndGet();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(most.get() <= 3, "under way " + most);
  }

  @Test
  void theDelayCountsFromWhenTheRequestWasSent() throws InterruptedException {
    HostGate gate = gate();
    HostGate.Pass slow = enter(gate, DELAY, 2);
    CountDownLatch passed = new CountDownLatch(1);
    Thread next =
        Thread.startVirtualThread(() -> {
          try {
            enter(gate, DELAY, 2).close();
            passed.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertFalse(passed.await(3 * DELAY.toMillis(), TimeUnit.MILLISECONDS));
    long sent = System.nanoTime();
    slow.started();
    next.join();
    assertTrue(System.nanoTime() - sent >= DELAY.toNanos());
    slow.close();
  }

  @Test
  void aTakeOverWaitsOneDelay() throws InterruptedException {
    HostGate gate = gate();
    long before = System.nanoTime();
    gate.takenOver();
    enter(gate, DELAY, 1).close();
    assertTrue(System.nanoTime() - before >= DELAY.toNanos());
  }

  @Test
  void aPausedHostIsLeftAlone() throws InterruptedException {
    HostGate gate = gate();
    long before = System.nanoTime();
    gate.pause(DELAY, "");
    enter(gate, Duration.ZERO, 1).close();
    assertTrue(System.nanoTime() - before >= DELAY.toNanos());
  }

  @Test
  void aSlowHostDoesNotHoldUpAnother() throws InterruptedException {
    HostGates gates =
        new HostGates(System::nanoTime, AdaptiveDelay.NONE, 3, host -> System.nanoTime());
    try (HostGate.Pass held = enter(gates.of("slow.example"), Duration.ZERO, 1)) {
      enter(gates.of("other.example"), Duration.ZERO, 1).close();
    }
  }

  /** Whether a request of this delay may start at this time: it passes, or waits in the gate. */
  static boolean opens(HostGate gate, AtomicLong clock, long atNs, Duration delay)
      throws InterruptedException {
    clock.set(atNs);
    Thread next =
        Thread.startVirtualThread(() -> {
          try {
            enter(gate, delay, 9).close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Await.until("it passes or waits", () -> !next.isAlive() || isWaiting(next));
    boolean passed = !next.isAlive();
    next.interrupt();
    next.join();
    return passed;
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void theServerMaySeeARequestLaterThanItWasSent() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    HostGate.Pass pass = enter(gate, delay, 9);
    pass.started();
    clock.set(1050);
    pass.started();
    clock.set(1500);
    pass.close();
    assertFalse(opens(gate, clock, 3049, delay));
    assertTrue(opens(gate, clock, 3050, delay));
  }

  @Test
  void aSlowAnswerIsWaitedForWhereNoOtherRequestStartedBefore() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    HostGate.Pass pass = enter(gate, delay, 9);
    pass.started();
    clock.set(3900);
    pass.started();
    assertFalse(opens(gate, clock, 5899, delay));
    assertTrue(opens(gate, clock, 5900, delay));
  }

  @Test
  void aHostThatComesBackToThisWorkerWasAskedByOthersMeanwhile() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(10_000);
    AtomicLong ownedSince = new AtomicLong(0);
    HostGates gates = new HostGates(clock::get, AdaptiveDelay.NONE, 3, host -> ownedSince.get());
    enter(gates.of("a.example"), delay, 9).close();
    ownedSince.set(50_000);
    assertFalse(opens(gates.of("a.example"), clock, 51_999, delay));
    assertTrue(opens(gates.of("a.example"), clock, 52_000, delay));
  }

  @Test
  void anAnswerCountsForNothingOnceAnotherRequestStarted() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    HostGate.Pass slow = enter(gate, delay, 9);
    slow.started();
    clock.set(3000);
    enter(gate, delay, 9).started();
    clock.set(4500);
    slow.started();
    assertFalse(opens(gate, clock, 4999, delay));
    assertTrue(opens(gate, clock, 5000, delay));
  }

  @Test
  void aHostThatIsPausedForLongIsNotWaitedForAtItsGate() {
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    gate.pause(Duration.ofSeconds(5), "http_429");
    gate.pause(Duration.ofSeconds(1), "http_503"); // a shorter one ends no longer one
    HostPausedException paused =
        assertThrows(HostPausedException.class, () -> enter(gate, Duration.ZERO, 1));
    assertEquals(Duration.ofSeconds(5), paused.left());
    assertEquals(Duration.ofSeconds(5), paused.asked());
    assertEquals("http_429", paused.reason());
  }

  @Test
  void whoWaitsAtTheGateWhenAPauseBeginsIsSentAway() throws InterruptedException {
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    CountDownLatch sentAway = new CountDownLatch(1);
    try (HostGate.Pass _ = enter(gate, Duration.ZERO, 1)) {
      Thread waiting =
          Thread.startVirtualThread(() -> {
            try {
              enter(gate, Duration.ZERO, 1).close();
            } catch (HostPausedException e) {
              sentAway.countDown();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      gate.pause(Duration.ofMinutes(5), "");
      assertTrue(sentAway.await(120, TimeUnit.SECONDS));
    }
  }

  @Test
  void aPauseOfAHostThatThisWorkerDoesNotAskMakesNoGate() throws InterruptedException {
    HostGates gates =
        new HostGates(System::nanoTime, AdaptiveDelay.NONE, 3, host -> System.nanoTime());
    gates.pause("elsewhere.example", Duration.ofHours(1));
    enter(gates.of("elsewhere.example"), Duration.ZERO, 1).close();
    gates.pause("elsewhere.example", Duration.ofHours(1));
    assertThrows(
        HostPausedException.class, () -> enter(gates.of("elsewhere.example"), Duration.ZERO, 1));
  }

  @Test
  void whatOneCrawlHoldsAgainstAHostIsNotForOthers() throws InterruptedException {
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, AdaptiveDelay.NONE, -9000);
    HostTrouble trouble = new HostTrouble(clock::get, 3);
    trouble.failed("connect_refused", true);
    trouble.pause(Duration.ofMinutes(5));
    gate.pause(Duration.ofMillis(10), "http_429");
    HostPausedException paused =
        assertThrows(HostPausedException.class, () -> gate.enter(Duration.ZERO, 1, trouble));
    assertEquals(Duration.ofMinutes(5), paused.left());
    assertEquals(Duration.ofMillis(10), paused.asked());
    assertEquals("connect_refused", paused.reason());
    assertTrue(opens(gate, clock, 1000 + Duration.ofMillis(10).toNanos(), Duration.ZERO));
  }

  @Test
  void aHostHasOneGateAsLongAsItIsUsed() {
    AtomicLong clock = new AtomicLong(1000);
    HostGates gates = new HostGates(clock::get, AdaptiveDelay.NONE, 3, host -> 0);
    HostGate gate = gates.of("a.example");
    clock.addAndGet(Duration.ofDays(1).toNanos());
    for (int i = 0; i < 10; i++) {
      gates.of(i + ".example");
    }
    System.gc();
    assertEquals(gate, gates.of("a.example"));
  }
}
