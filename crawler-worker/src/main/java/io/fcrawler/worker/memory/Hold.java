package io.fcrawler.worker.memory;

import io.fcrawler.worker.memory.MemoryBudget.Use;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one visit holds of the budget. Used by one thread at a time, which may hand it on; closed
 * once its visit is settled or given up, by whoever sees that, and more than once at will.
 */
public final class Hold implements AutoCloseable {
  private static final MemoryBudget UNBOUNDED = new MemoryBudget(MemoryPlan.UNBOUNDED);

  private final MemoryBudget budget;
  private final AtomicLong bytes = new AtomicLong();
  private boolean lacking;
  private volatile boolean finished;

  Hold(MemoryBudget budget) {
    this.budget = budget;
  }

  /** For where nobody counts. */
  public static Hold unbounded() {
    return UNBOUNDED.open();
  }

  /** Bytes held. */
  public long bytes() {
    return bytes.get();
  }

  /** What this is a part of. */
  public MemoryPlan plan() {
    return budget.plan();
  }

  /**
   * Grows to a size at once, if there are enough bytes; whether it is that large now. No hold grows
   * beyond the costliest page.
   */
  public boolean tryGrowTo(long size, Use use) {
    long more = more(size);
    return more <= 0 || budget.tryTake(this, more, use);
  }

  /** Grows to a size, and waits for it where it must. */
  public void growTo(long size, Use use) throws InterruptedException {
    long more = more(size);
    if (more > 0) {
      budget.take(this, more, use);
    }
  }

  private long more(long size) {
    return Math.min(size, budget.plan().page()) - bytes.get();
  }

  /** Gives back what is beyond a size. */
  public void shrinkTo(long size) {
    long held = bytes.get();
    if (held > size) {
      bytes.addAndGet(size - held);
      budget.give(held - size);
    }
  }

  /** The same by a visit that will not grow any more. */
  public void finishWith(long size) {
    finished = true;
    shrinkTo(size);
    budget.give(0); // with the lead, where it has that
  }

  /** Whether it will grow no more. */
  boolean isFinished() {
    return finished;
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  /**
   * Gives back all for now. To be called before anything is waited for that others may have who
   * wait for memory, such as a host's turn.
   */
  public void release() {
    finishWith(0);
    finished = false;
  }

  /** Notes that a fetch came to nothing as it had to wait for bytes. */
  public void lacked() {
    lacking = true;
  }

  /** Whether the next fetch is to hold all that it may need before it begins. */
  public boolean isLacking() {
    return lacking;
  }

  /** Takes all that a fetch may need, before it begins. */
  public void growToWhole() throws InterruptedException {
    lacking = false;
    growTo(budget.plan().page(), Use.WORK);
  }

  @Override
  public void close() {
    finished = true;
    budget.give(bytes.getAndSet(0));
  }
}
