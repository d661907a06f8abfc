package io.fcrawler.worker.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A budget of bytes that visits share. A part of it, enough for the costliest page, is kept back
 * for one visit at a time, the leader: the one that has waited longest. It can go on to its end
 * whatever the others hold, so that visits that are each half-way never wait for one another
 * (Dijkstra's banker). Thread-safe; where there is plenty, it takes no lock.
 */
public final class MemoryBudget {
  /** What waits for the network may take up to this part of what all share. */
  private static final int NETWORK_PARTS = 2;

  private final MemoryPlan plan;
  private final long shared;
  private final AtomicLong used = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private volatile int waiting;

  /** Whose bytes may go beyond what all share. Written under the lock. */
  private volatile @Nullable Hold leader;

  public MemoryBudget(MemoryPlan plan) {
    this.plan = plan;
    this.shared = plan.budget() - plan.page();
  }

  /** What bytes are asked for. */
  public enum Use {
    /** Those of a small page; the least that each fetch needs. */
    FEW,
    /** What is read from a server, which may take its time. */
    NETWORK,
    /** Work that depends on this machine alone. */
    WORK
  }

  /** Somebody who waits for bytes of a hold. */
  private static final class Waiter {
    final Hold hold;
    final long bytes;
    final Use use;
    final Condition changed;
    boolean granted;

    Waiter(Hold hold, long bytes, Use use, Condition changed) {
      this.hold = hold;
      this.bytes = bytes;
      this.use = use;
      this.changed = changed;
    }
  }

  public MemoryPlan plan() {
    return plan;
  }

  /** An empty hold, for one visit. */
  public Hold open() {
    return new Hold(this);
  }

  /** Bytes held. */
  public long used() {
    return used.get();
  }

  /** Visits that wait for bytes. */
  public int waiting() {
    return waiting;
  }

  private long limit(Hold hold, Use use) {
    if (hold == leader) {
      return plan.budget();
    }
    return use == Use.NETWORK ? shared / NETWORK_PARTS : shared;
  }

  /** Takes bytes for a hold where there are enough; else nothing. */
  boolean tryTake(Hold hold, long bytes, Use use) {
    long limit = limit(hold, use);
    long before = used.get();
    while (before + bytes <= limit) {
      if (used.compareAndSet(before, before + bytes)) {
        hold.add(bytes);
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Takes bytes for a hold, once there are enough. */
  void take(Hold hold, long bytes, Use use) throws InterruptedException {
    if (tryTake(hold, bytes, use)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      Waiter waiter = new Waiter(hold, bytes, use, lock.newCondition());
      queue.add(waiter);
      waiting = queue.size();
      grant();
      await(waiter);
    } finally {
      lock.unlock();
    }
  }

  private void await(Waiter waiter) throws InterruptedException {
    try {
      while (!waiter.granted) {
        waiter.changed.await();
      }
    } finally {
      if (!waiter.granted) { // interrupted
        queue.remove(waiter);
        waiting = queue.size();
      }
    }
  }

  /** Gives back bytes of a hold; its leadership where it will grow no more. */
  void give(long bytes) {
    used.addAndGet(-bytes);
    if (waiting > 0 || leader != null) {
      lock.lock();
      try {
        grant();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Gives those who wait what there is; if there is no leader, the first that waits still is. */
  private void grant() {
    if (leader != null && leader.isFinished() && used.get() <= shared) {
      leader = null;
    }
    grantWhatFits();
    if (leader == null && !queue.isEmpty()) {
      leader = queue.getFirst().hold;
      grantWhatFits();
    }
    waiting = queue.size();
  }

  private void grantWhatFits() {
    for (Iterator<Waiter> each = queue.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (tryTake(waiter.hold, waiter.bytes, waiter.use)) {
        each.remove();
        waiter.granted = true;
        waiter.changed.signal();
      }
    }
  }
}
