package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.fleet.JavaPart;
import io.fcrawler.chaos.fleet.Link;
import io.fcrawler.chaos.fleet.Part;
import io.fcrawler.chaos.fleet.RedisPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does the faults of a schedule, each on a thread of its own, and puts everything right. Faults of
 * one part or link follow each other; all others may meet.
 */
public final class Injector {
  /**
   * What was fetched before a fault may not be settled yet: it is parsed, put out and waits for
   * company, which takes milliseconds, or seconds on a machine that has too much to do.
   */
  private static final Duration UNSETTLED = Duration.ofSeconds(5);

  /** The same, and what Redis did not write yet: it does so each second, and may be one late. */
  private static final Duration UNWRITTEN = UNSETTLED.plusSeconds(2);

  /** Until all know that a fault is over: sessions and leases end, groups are made anew. */
  private static final Duration AFTERMATH = Fleet.SESSION_TIMEOUT.plusSeconds(4);

  /** A machine that wakes a thread so late may let a page wait so many times as long. */
  private static final int BUSY = 100;

  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration STOP = Duration.ofSeconds(35);

  private final Fleet fleet;
  private final Schedule schedule;
  private final Users users;
  private final FileSizes sizes = new FileSizes();
  private final AtomicInteger backups = new AtomicInteger();
  private final Map<String, Lock> linkLocks = new ConcurrentHashMap<>();
  private final Lock joining = new ReentrantLock();
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final Queue<Frozen> frozen = new ConcurrentLinkedQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Queue<String> skipped = new ConcurrentLinkedQueue<>();
  private final AtomicLong late = new AtomicLong();
  private long beganNs;

  /** What users do, beside submitting. */
  public interface Users {
    void pauseAndResume(Duration pause) throws InterruptedException;

    void resubmit() throws InterruptedException;
  }

  public Injector(Fleet fleet, Schedule schedule, Users users) {
    this.fleet = fleet;
    this.schedule = schedule;
    this.users = users;
  }

  /** Returns when all faults are over and put right. */
  public void run() throws InterruptedException {
    beganNs = System.nanoTime();
    Thread watch = Thread.ofVirtual().start(this::watchSizes);
    List<Thread> threads = new ArrayList<>();
    for (Fault fault : schedule.faults()) {
      threads.add(Thread.ofVirtual().name(fault.toString()).start(() -> at(fault)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    watch.interrupt();
    watch.join();
  }

  /** When faults began to be counted, of {@link System#nanoTime}. */
  public long beganNs() {
    return beganNs;
  }

  /** Where requests in vain may come from. */
  public List<Span> spans() {
    long widerNs = BUSY * late.get();
    return spans.stream().map(span -> span.wider(widerNs)).toList();
  }

  public List<Frozen> frozen() {
    return List.copyOf(frozen);
  }

  /** Faults that could not be done or put right. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** Faults that this machine does not allow. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  private void watchSizes() {
    try {
      while (true) {
        lookAtSize();
        long sleptNs = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(LOOK_NS);
        late.accumulateAndGet(System.nanoTime() - sleptNs - LOOK_NS, Math::max);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is over
    } catch (RuntimeException e) {
      errors.add("the size of Redis's file cannot be told: " + e);
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

  private void at(Fault fault) {
    try {
      if (fault.kind() == Fault.Kind.OLD_BACKUP) {
        sleepUntil(fault.atMs() - fault.amount());
        backUp(fault);
        return;
      }
      sleepUntil(fault.atMs());
      happen(fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      errors.add(fault + ": " + e);
    }
  }

  private void backUp(Fault fault) throws InterruptedException {
    Path backup = fleet.folder().resolve("backup-" + backups.incrementAndGet());
    AtomicLong takenNs = new AtomicLong();
    locked(
        fleet.redis().lock(),
        () -> {
          takenNs.set(System.nanoTime());
          fleet.redis().copyTo(backup);
        });
    sleepUntil(fault.atMs());
    locked(fleet.redis().lock(), () -> putBack(backup, takenNs.get(), fault));
  }

  private void sleepUntil(int atMs) throws InterruptedException {
    long untilNs = beganNs + TimeUnit.MILLISECONDS.toNanos(atMs);
    TimeUnit.NANOSECONDS.sleep(Math.max(0, untilNs - System.nanoTime()));
  }

  private void happen(Fault fault) throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> onPart(fault, part -> gone(part, part::kill, fault));
      case TERM -> onPart(fault, part -> terminated(part, fault));
      case FREEZE -> onPart(fault, part -> freeze(part, fault));
      case TAIL_CUT -> onPart("redis", _ -> loseEnd(fault, false));
      case TAIL_ZEROED -> onPart("redis", _ -> loseEnd(fault, true));
      case CUT -> onLink(fault, Link.State.CUT);
      case SLOW -> onLink(fault, Link.State.SLOW);
      case SILENT -> onLink(fault, Link.State.SILENT);
      case FULL_MEMORY -> onPart("redis", _ -> fillMemory(fault));
      case FULL_DISK -> onPart("redis", _ -> fillDisk(fault));
      case JOIN_THEN_KILL, JOIN_THEN_TERM -> locked(joining, () -> join(fault));
      case PAUSE -> users.pauseAndResume(Duration.ofMillis(fault.lastsMs()));
      case RESUBMIT -> users.resubmit();
      case OLD_BACKUP -> throw new IllegalStateException("is done apart");
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private interface PartStep {
    void on(Part part) throws InterruptedException;
  }

  private static void locked(Lock lock, Step step) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  private void onPart(Fault fault, PartStep step) throws InterruptedException {
    onPart(fault.target(), step);
  }

  private void onPart(String name, PartStep step) throws InterruptedException {
    Part part = fleet.part(name);
    locked(part.lock(), () -> step.on(part));
  }

  private static void last(Fault fault) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(fault.lastsMs());
  }

  /** Redis and Kafka may lose an answer each; of an API no crawl depends. */
  private void gone(Part part, Runnable kill, Fault fault) throws InterruptedException {
    long fromNs =
        Span.before(System.nanoTime(), part.name().equals("redis") ? UNWRITTEN : UNSETTLED);
    kill.run();
    last(fault);
    part.start();
    if (!part.name().startsWith("api")) {
      span(fault, fromNs);
    }
  }

  /** A worker in order makes no request vain. */
  private void terminated(Part part, Fault fault) throws InterruptedException {
    if (part instanceof JavaPart) {
      part.stop(STOP);
      last(fault);
      part.start();
    } else {
      gone(part, () -> part.stop(STOP), fault);
    }
  }

  private void span(Fault fault, long fromNs) {
    spans.add(new Span(fault.toString(), fromNs, System.nanoTime() + AFTERMATH.toNanos()));
  }

  private void freeze(Part part, Fault fault) throws InterruptedException {
    long fromNs = System.nanoTime();
    part.freeze();
    try {
      last(fault);
    } finally {
      part.thaw();
      frozen.add(new Frozen(part.name(), fromNs, System.nanoTime()));
      span(fault, Span.before(fromNs, UNSETTLED));
    }
  }

  private void loseEnd(Fault fault, boolean zeros) throws InterruptedException {
    RedisPart redis = fleet.redis();
    long killedNs = System.nanoTime();
    redis.kill();
    var file = redis.file().toFile();
    long left = Math.max(0, file.length() - fault.amount());
    long lostNs = Math.min(sizes.when(file.getName(), left), killedNs);
    redis.loseEnd(fault.amount(), zeros);
    last(fault);
    redis.start();
    span(fault, Span.before(lostNs, UNWRITTEN));
  }

  private void putBack(Path backup, long takenNs, Fault fault) {
    RedisPart redis = fleet.redis();
    redis.kill();
    redis.replaceBy(backup);
    redis.start();
    span(fault, Span.before(takenNs, UNWRITTEN));
  }

  private void onLink(Fault fault, Link.State state) throws InterruptedException {
    int dash = fault.target().lastIndexOf('-');
    Link link = fleet.link(fault.target().substring(0, dash), fault.target().substring(dash + 1));
    locked(
        linkLocks.computeIfAbsent(fault.target(), _ -> new ReentrantLock()),
        () -> {
          long fromNs = Span.before(System.nanoTime(), UNSETTLED);
          link.become(state, Duration.ofMillis(fault.amount()));
          try {
            last(fault);
          } finally {
            link.become(Link.State.WHOLE, Duration.ZERO);
            span(fault, fromNs);
          }
        });
  }

  private void fillMemory(Fault fault) throws InterruptedException {
    long fromNs = Span.before(System.nanoTime(), UNSETTLED);
    fleet.redis().limit();
    try {
      last(fault);
    } finally {
      fleet.redis().unlimit();
      span(fault, fromNs);
    }
  }

  private void fillDisk(Fault fault) throws InterruptedException {
    if (!fleet.disk().canBeFilled()) {
      skipped.add(fault + ": no disk can be mounted here");
      return;
    }
    long fromNs = Span.before(System.nanoTime(), UNSETTLED);
    fleet.disk().fill();
    try {
      last(fault);
    } finally {
      fleet.disk().free();
      span(fault, fromNs);
    }
  }

  private void join(Fault fault) throws InterruptedException {
    JavaPart joiner = fleet.join();
    try {
      last(fault);
    } finally {
      if (fault.kind() == Fault.Kind.JOIN_THEN_TERM) {
        joiner.stop(STOP);
      } else {
        long fromNs = Span.before(System.nanoTime(), UNSETTLED);
        joiner.kill();
        span(fault, fromNs);
      }
    }
  }
}
