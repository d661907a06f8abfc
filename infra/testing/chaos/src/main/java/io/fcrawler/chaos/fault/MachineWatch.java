package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Sees, while faults are done, how long Redis's file is and how slow the machine is. */
final class MachineWatch {
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Fleet fleet;
  private final Consumer<String> errors;
  private final FileSizes sizes = new FileSizes();
  private final LostLeases leases;
  private final AtomicLong latestNs = new AtomicLong();
  private final Thread thread;

  /**
   * A watch that is not yet kept.
   *
   * @param errors takes a line where it breaks off
   */
  MachineWatch(Fleet fleet, Consumer<String> errors) {
    this.fleet = fleet;
    this.errors = errors;
    this.leases = new LostLeases(fleet.folder());
    this.thread = Thread.ofVirtual().name("machine watch").unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /** When Redis's file was at most so long, for the last time. */
  long when(String file, long bytes) {
    return sizes.when(file, bytes);
  }

  /** By how much a thread that slept woke too late, at most. */
  long latestNs() {
    return latestNs.get();
  }

  /** Where leases ended since the machine was overloaded. */
  List<Span> lostLeases(Duration reach, Duration aftermath) {
    return leases.spans(reach, aftermath);
  }

  private void watch() {
    try {
      while (true) {
        lookAtSize();
        leases.lookAtLoad();
        long sleptNs = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(LOOK_NS);
        latestNs.accumulateAndGet(System.nanoTime() - sleptNs - LOOK_NS, Math::max);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is over
    } catch (RuntimeException e) {
      errors.accept("the size of Redis's file cannot be told: " + e);
    }
  }

  /** Unless a fault has Redis, whose files may be half replaced then. */
  private void lookAtSize() {
    if (fleet.redis().lock().tryLock()) {
      try {
        sizes.look(fleet.redis());
      } finally {
        fleet.redis().lock().unlock();
      }
    }
  }
}
