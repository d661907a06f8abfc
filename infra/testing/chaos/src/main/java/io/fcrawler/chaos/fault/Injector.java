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
import java.util.stream.Stream;

/**
 * Does the faults of a plan and puts everything right: those of a schedule each on a thread of its
 * own, where faults of one part or link follow each other and all others may meet; those of a
 * scenario one after another.
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

  private static final Duration STOP = Duration.ofSeconds(35);

  private final Fleet fleet;
  private final Users users;
  private final MachineWatch watch;
  private final AtomicInteger backups = new AtomicInteger();
  private final Map<String, Lock> linkLocks = new ConcurrentHashMap<>();
  private final Lock joining = new ReentrantLock();
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final Queue<Frozen> frozen = new ConcurrentLinkedQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Queue<String> skipped = new ConcurrentLinkedQueue<>();
  private volatile boolean mayHaveLostWork;
  private volatile boolean inTurn;
  private long beganNs;

  /** What users do, beside submitting. */
  public interface Users {
    void pauseAndResume(Duration pause) throws InterruptedException;

    void resubmit() throws InterruptedException;

    /** Claims that workers have now, by what the API shows. */
    long inFlight() throws InterruptedException;

    /** Returns when a step is due; false if the crawls were over before. */
    boolean await(Scenario.Step step) throws InterruptedException;

    /** Returns when all parts are ready; false if that takes too long. */
    boolean awaitReady() throws InterruptedException;
  }

  public Injector(Fleet fleet, Users users) {
    this.fleet = fleet;
    this.watch = new MachineWatch(fleet, errors::add);
    this.users = users;
  }

  /** Does all faults; returns when they are over and put right. */
  public void run(Plan plan) throws InterruptedException {
    beganNs = System.nanoTime();
    watch.start();
    switch (plan) {
      case Schedule schedule -> atTheirTimes(schedule);
      case Scenario scenario -> inTurn(scenario);
    }
    watch.stop();
  }

  private void atTheirTimes(Schedule schedule) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Fault fault : schedule.faults()) {
      threads.add(Thread.ofVirtual().name(fault.toString()).start(() -> at(fault)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** One after another; waits for all parts after each. */
  private void inTurn(Scenario scenario) throws InterruptedException {
    inTurn = true;
    for (Scenario.Step step : scenario.steps()) {
      if (!users.await(step)) {
        errors.add("the crawls were over, or stood still, before: " + step);
        return;
      }
      at(step.fault());
      if (!users.awaitReady()) {
        errors.add("not all parts are ready after: " + step);
        return;
      }
    }
  }

  /** Whether a fault has begun that may lose acknowledged work. */
  public boolean mayHaveLostWork() {
    return mayHaveLostWork;
  }

  /** When faults began to be counted, of {@link System#nanoTime}. */
  public long beganNs() {
    return beganNs;
  }

  /** Where requests in vain may come from. */
  public List<Span> spans() {
    long widerNs = BUSY * watch.latestNs();
    List<Span> slow = inTurn ? watch.lostLeases(UNSETTLED, AFTERMATH) : List.of();
    return Stream.concat(spans.stream(), slow.stream()).map(span -> span.wider(widerNs)).toList();
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
    mayHaveLostWork = true;
    locked(fleet.redis().lock(), () -> putBack(backup, takenNs.get(), fault));
  }

  private void sleepUntil(int atMs) throws InterruptedException {
    long untilNs = beganNs + TimeUnit.MILLISECONDS.toNanos(atMs);
    TimeUnit.NANOSECONDS.sleep(Math.max(0, untilNs - System.nanoTime()));
  }

  private void happen(Fault fault) throws InterruptedException {
    mayHaveLostWork |= fault.mayLoseWork();
    if (fault.target().equals(Fault.EVERYTHING)) {
      fleet.alone(() -> onEverything(fault));
      return;
    }
    switch (fault.kind()) {
      case KILL -> onPart(fault, part -> killed(part, fault));
      case TERM -> onPart(fault, part -> terminated(part, fault));
      case FREEZE -> onPart(fault, part -> freeze(part, fault));
      case TAIL_CUT, TAIL_ZEROED -> onPart("redis", _ -> loseEnd(fault));
      case CUT -> onLink(fault, Link.State.CUT);
      case SLOW -> onLink(fault, Link.State.SLOW);
      case SILENT -> onLink(fault, Link.State.SILENT);
      case FULL_MEMORY -> onPart("redis", _ -> fillMemory(fault));
      case FULL_DISK -> onPart("redis", _ -> fillDisk(fault));
      case JOIN_THEN_KILL, JOIN_THEN_TERM -> locked(joining, () -> join(fault));
      case PAUSE -> users.pauseAndResume(Duration.ofMillis(fault.lastsMs()));
      case RESUBMIT -> users.resubmit();
      case OLD_BACKUP, TAIL_GARBLED -> throw new IllegalStateException("is done apart");
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

  /** Where one fault follows another, a dead worker costs no more than what was claimed then. */
  private void killed(Part part, Fault fault) throws InterruptedException {
    if (!inTurn || !part.name().startsWith("worker")) {
      gone(part, part::kill, fault);
      return;
    }
    long fromNs = Span.before(System.nanoTime(), UNSETTLED);
    part.kill();
    long most = users.inFlight();
    last(fault);
    part.start();
    long toNs = System.nanoTime() + AFTERMATH.toNanos();
    spans.add(new Span(fault.what(), fromNs, toNs, most));
  }

  /** A stop in order makes no request vain; whatever happened, Redis's files must be there. */
  private void onEverything(Fault fault) throws InterruptedException {
    long fromNs = Span.before(System.nanoTime(), UNWRITTEN);
    if (fault.kind() == Fault.Kind.TERM) {
      fleet.stopAll();
    } else {
      fleet.killAll();
    }
    fleet.leftOvers().forEach(left -> errors.add("after " + fault.what() + ": " + left));
    fleet.redis().requireFiles();
    if (fault.amount() > 0) {
      fromNs = Math.min(fromNs, harmEnd(fault));
    }
    last(fault);
    fleet.startAll();
    if (fault.kind() != Fault.Kind.TERM) {
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

  private void loseEnd(Fault fault) throws InterruptedException {
    RedisPart redis = fleet.redis();
    long killedNs = System.nanoTime();
    redis.kill();
    long lostNs = Math.min(harmEnd(fault), Span.before(killedNs, UNWRITTEN));
    last(fault);
    redis.start();
    span(fault, lostNs);
  }

  /** Since when requests may be in vain for what the file has lost. */
  private long harmEnd(Fault fault) {
    RedisPart redis = fleet.redis();
    var file = redis.file().toFile();
    long left = Math.max(0, file.length() - fault.amount());
    long lostNs = watch.when(file.getName(), left);
    redis.loseEnd(fault.amount(), fault.end());
    return Span.before(lostNs, UNWRITTEN);
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
