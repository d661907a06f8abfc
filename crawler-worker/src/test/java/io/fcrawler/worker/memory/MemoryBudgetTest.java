package io.fcrawler.worker.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Eventually;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class MemoryBudgetTest {
  /** A hundred bytes, of which sixty are for one page; so all share forty. */
  private final MemoryBudget budget = new MemoryBudget(new MemoryPlan(100, 60, 10, 30, 5));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    threads.close();
  }

  private Hold holding(long bytes) throws InterruptedException {
    Hold hold = budget.open();
    hold.growTo(bytes, Use.WORK);
    return hold;
  }

  private Future<?> growing(Hold hold, long bytes, Use use) {
    int before = budget.waiting();
    Future<?> growing =
        threads.submit(() -> {
          hold.growTo(bytes, use);
          return bytes;
        });
    Eventually.holds("it waits or has them", () -> growing.isDone() || budget.waiting() > before);
    return growing;
  }

  @Test
  void whatIsHeldIsGivenBack() throws InterruptedException {
    Hold hold = holding(30);
    assertEquals(30, budget.used());
    hold.shrinkTo(12);
    hold.shrinkTo(20);
    assertEquals(12, budget.used());
    hold.close();
    hold.close();
    assertEquals(0, budget.used());
  }

  @Test
  void aHoldCountsForNoMoreThanTheCostliestPage() throws InterruptedException {
    assertEquals(60, holding(1000).bytes());
  }

  @Test
  void whatWaitsForTheNetworkLeavesRoomForTheRest() throws InterruptedException {
    assertFalse(budget.open().tryGrowTo(21, Use.NETWORK));
    assertTrue(budget.open().tryGrowTo(20, Use.NETWORK));
    assertFalse(budget.open().tryGrowTo(1, Use.NETWORK));
    assertTrue(budget.open().tryGrowTo(20, Use.FEW));
    assertFalse(budget.open().tryGrowTo(1, Use.FEW));
  }

  @Test
  void theFirstThatWaitsGoesOnWhateverTheOthersHold() throws Exception {
    Hold first = holding(20);
    Hold second = holding(20);
    growing(first, 60, Use.WORK).get();
    assertEquals(80, budget.used());
    Future<?> waits = growing(second, 60, Use.NETWORK);
    assertFalse(waits.isDone());
    first.close();
    waits.get();
    assertEquals(60, budget.used());
  }

  @Test
  void smallOnesGoOnWhileLargeOnesWait() throws Exception {
    Hold first = holding(10);
    growing(first, 60, Use.NETWORK).get();
    Future<?> large = growing(budget.open(), 50, Use.NETWORK);
    first.shrinkTo(20);
    assertTrue(budget.open().tryGrowTo(5, Use.FEW));
    assertFalse(large.isDone());
  }

  @Test
  void theOneThatLeadsDoesSoUntilItGrowsNoMore() throws Exception {
    Hold first = budget.open();
    growing(first, 60, Use.NETWORK).get();
    first.shrinkTo(10);
    Future<?> next = growing(budget.open(), 60, Use.NETWORK);
    assertFalse(next.isDone());
    first.finishWith(5);
    next.get();
    assertEquals(65, budget.used());
  }

  @Test
  void oneThatIsInterruptedWaitsNoMoreAndStandsInNobodysWay() throws Exception {
    Hold first = budget.open();
    growing(first, 60, Use.NETWORK).get();
    Hold second = budget.open();
    Future<?> interrupted = growing(second, 60, Use.NETWORK);
    Future<?> third = growing(budget.open(), 60, Use.NETWORK);
    interrupted.cancel(true);
    Eventually.holds("it waits no more", () -> budget.waiting() == 1);
    second.close();
    first.close();
    third.get();
    assertEquals(60, budget.used());
  }

  @Test
  void oneThatHoldsNothingForNowDoesNotLead() throws Exception {
    Hold first = budget.open();
    growing(first, 60, Use.NETWORK).get();
    Future<?> second = growing(budget.open(), 60, Use.NETWORK);
    first.release();
    second.get();
    Future<?> again = growing(first, 60, Use.NETWORK);
    assertFalse(again.isDone());
  }

  @Test
  void aHoldThatLackedMemoryTakesAllBeforeTheNextFetch() throws InterruptedException {
    Hold hold = budget.open();
    assertFalse(hold.isLacking());
    hold.lacked();
    assertTrue(hold.isLacking());
    hold.growToWhole();
    assertFalse(hold.isLacking());
    assertEquals(60, budget.used());
  }

  /** Fifty visits that each grow in steps, some being interrupted: all end, within the budget. */
  @Test
  void visitsThatAreHalfWayNeverWaitForOneAnotherForEver() throws Exception {
    AtomicLong most = new AtomicLong();
    List<Future<?>> visits = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      visits.add(threads.submit(() -> visits(random, most)));
    }
    for (int i = 0; i < visits.size(); i += 10) {
      visits.get(i).cancel(true);
    }
    for (int i = 0; i < visits.size(); i++) {
      if (i % 10 != 0) {
        visits.get(i).get();
      }
    }
    Eventually.holds("all is given back", () -> budget.used() == 0);
    assertEquals(0, budget.waiting());
    assertTrue(most.get() > 40 && most.get() <= 100, "most: " + most);
    holding(60).close();
  }

  private Void visits(SplittableRandom random, AtomicLong most) throws InterruptedException {
    for (int visit = 0; visit < 100; visit++) {
      try (Hold hold = budget.open()) {
        for (int size = random.nextInt(20); size <= 60; size += 1 + random.nextInt(30)) {
          hold.growTo(size, random.nextBoolean() ? Use.NETWORK : Use.WORK);
          most.accumulateAndGet(budget.used(), Math::max);
          LockSupport.parkNanos(1); // others go on
        }
        hold.finishWith(random.nextInt(10));
      }
    }
    return null;
  }

  @Test
  void aPlanLeavesRoomForAllElseAndForTheCostliestPage() {
    long mib = 1 << 20;
    for (long heap : new long[] {64, 128, 256, 512, 1024, 8192}) {
      MemoryPlan plan = MemoryPlan.of(heap * mib, 10 << 20);
      assertTrue(plan.budget() <= heap * mib / 2, plan.toString());
      assertTrue(plan.page() <= plan.budget() * 3 / 4 + 1, plan.toString());
      assertTrue(plan.page() >= 3L * plan.body() + plan.tree(), plan.toString());
    }
    assertEquals(10 << 20, MemoryPlan.of(247 * mib, 10 << 20).body());
    assertEquals(64 * mib, MemoryPlan.of(1024 * mib, 10 << 20).output());
  }
}
