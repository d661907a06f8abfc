package io.fcrawler.worker.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HostGateTest {
  private static final Duration DELAY = Duration.ofMillis(20);

  private static HostGate gate() {
    return new HostGate(System::nanoTime, System.nanoTime() - Duration.ofHours(1).toNanos());
  }

  /** Has threads pass the gate, and gives the times (ns) at which their requests started. */
  private static List<Long> starts(HostGate gate, int threads, Duration delay, int connections)
      throws InterruptedException {
    List<Long> starts = Collections.synchronizedList(new ArrayList<>());
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.startVirtualThread(() -> {
            try (HostGate.Pass pass = gate.enter(delay, connections)) {
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
    gate.enter(DELAY, 9).close();
    long before = System.nanoTime();
    gate.enter(Duration.ZERO, 9).close();
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
            try (HostGate.Pass pass = gate.enter(Duration.ZERO, 3)) {
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
    HostGate.Pass slow = gate.enter(DELAY, 2);
    CountDownLatch passed = new CountDownLatch(1);
    Thread next =
        Thread.startVirtualThread(() -> {
          try {
            gate.enter(DELAY, 2).close();
            passed.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertFalse(passed.await(3 * DELAY.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
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
    gate.enter(DELAY, 1).close();
    assertTrue(System.nanoTime() - before >= DELAY.toNanos());
  }

  @Test
  void aPausedHostIsLeftAlone() throws InterruptedException {
    HostGate gate = gate();
    long before = System.nanoTime();
    gate.pause(DELAY);
    gate.enter(Duration.ZERO, 1).close();
    assertTrue(System.nanoTime() - before >= DELAY.toNanos());
  }

  @Test
  void aSlowHostDoesNotHoldUpAnother() throws InterruptedException {
    HostGates gates = new HostGates(System::nanoTime, host -> System.nanoTime());
    try (HostGate.Pass held = gates.of("slow.example").enter(Duration.ZERO, 1)) {
      gates.of("other.example").enter(Duration.ZERO, 1).close();
    }
  }

  /** Whether a request of this delay may start at this time. */
  private static boolean opens(HostGate gate, AtomicLong clock, long atNs, Duration delay)
      throws InterruptedException {
    clock.set(atNs);
    Thread next =
        Thread.startVirtualThread(() -> {
          try {
            gate.enter(delay, 9).close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    boolean passed = next.join(Duration.ofMillis(50));
    next.interrupt();
    next.join();
    return passed;
  }

  @Test
  void theServerMaySeeARequestLaterThanItWasSent() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, -9000);
    HostGate.Pass pass = gate.enter(delay, 9);
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
    HostGate gate = new HostGate(clock::get, -9000);
    HostGate.Pass pass = gate.enter(delay, 9);
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
    HostGates gates = new HostGates(clock::get, host -> ownedSince.get());
    gates.of("a.example").enter(delay, 9).close();
    ownedSince.set(50_000);
    assertFalse(opens(gates.of("a.example"), clock, 51_999, delay));
    assertTrue(opens(gates.of("a.example"), clock, 52_000, delay));
  }

  @Test
  void anAnswerCountsForNothingOnceAnotherRequestStarted() throws InterruptedException {
    Duration delay = Duration.ofNanos(2000);
    AtomicLong clock = new AtomicLong(1000);
    HostGate gate = new HostGate(clock::get, -9000);
    HostGate.Pass slow = gate.enter(delay, 9);
    slow.started();
    clock.set(3000);
    gate.enter(delay, 9).started();
    clock.set(4500);
    slow.started();
    assertFalse(opens(gate, clock, 4999, delay));
    assertTrue(opens(gate, clock, 5000, delay));
  }
}
