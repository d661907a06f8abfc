package io.fcrawler.worker.own;

import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.ops.Presence;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.CrawlChanged;
import io.fcrawler.store.Announcement.HostPaused;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.EmptyState;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.worker.command.SlotOwner;
import io.fcrawler.worker.session.CrawlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the lanes of this worker's slots. One thread looks at seeds: at those of which something was
 * heard at once, at all active ones every few seconds. Thread-safe.
 */
public final class Ownership implements SlotOwner, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  /** How long a drained lane may take to be settled and released after its last fetch. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final long PAUSE_MS = 500;

  /** Where there are very many seeds, looking at all of them takes this part of the time. */
  private static final int SHARE_OF_SCANS = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final CrawlStore store;
  private final Presence redis;
  private final Sessions sessions;
  private final Slotted slots;
  private final SeedCare care;
  private final ExecutorService auditor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("audit").daemon().factory());
  private final Standstill standstill;
  private final LongSupplier nanos;
  private final Duration scan;
  private final Duration grace;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Seed> heardOf = new LinkedHashSet<>();
  private long nextScanNs;
  private final AtomicBoolean slotsAreNew = new AtomicBoolean();
  private volatile Scan lastScan = new Scan(0, Duration.ZERO);
  private volatile Runnable onChange = () -> {};
  private volatile boolean stopping;

  /**
   * Owns nothing yet.
   *
   * @param redis is told whether the store answers
   * @param scan how often all active seeds are looked at
   * @param grace how long fetches may go on when their slot is revoked
   */
  public Ownership(
      CrawlStore store,
      Presence redis,
      SessionFactory factory,
      Duration scan,
      Duration grace,
      LongSupplier nanos) {
    this.store = store;
    this.redis = redis;
    this.sessions = new Sessions(factory, this::look, () -> onChange.run());
    this.slots = new Slotted(nanos);
    this.care = new SeedCare(store);
    this.standstill = new Standstill(store, nanos, auditor);
    this.nanos = nanos;
    this.scan = scan;
    this.grace = grace;
    this.nextScanNs = nanos.getAsLong();
  }

  /**
   * A look at all active seeds.
   *
   * @param seeds that were active
   */
  public record Scan(int seeds, Duration took) {}

  /** The last one; of no seeds before the first. */
  public Scan lastScan() {
    return lastScan;
  }

  /** How many crawls of this worker cannot end, as parts of their state are gone. */
  public int damaged() {
    return standstill.damaged();
  }

  /** Has an action run whenever slots or lanes are others; it must not block. */
  public void onChange(Runnable action) {
    onChange = action;
  }

  /** Since when this worker alone asks the host, on the monotonic clock. */
  public long ownedSinceNs(String host) {
    return slots.sinceNs(host);
  }

  /** The sessions that run now. */
  public List<CrawlSession> sessions() {
    return sessions.all();
  }

  /** The slots that Kafka assigned. */
  public Set<Integer> slots() {
    return slots.all();
  }

  // What is heard.

  @Override
  public void assigned(Set<Integer> given) {
    slots.add(given);
    LOG.info("slots assigned: {} more, {} in all", given.size(), slots.all().size());
    onChange.run();
    slotsAreNew.set(true);
    locked(() -> nextScanNs = nanos.getAsLong());
  }

  @Override
  public void revoked(Set<Integer> taken) {
    slots.remove(taken);
    LOG.info("slots revoked: {}, {} left", taken.size(), slots.all().size());
    onChange.run();
    drain(grace);
  }

  @Override
  public void lost(Set<Integer> taken) {
    slots.remove(taken);
    LOG.warn("slots lost: {}, {} left", taken.size(), slots.all().size());
    onChange.run();
    sessions.all().forEach(session -> session.drop("Kafka gave its slots to others"));
  }

  @Override
  public void look(Seed seed) {
    locked(() -> heardOf.add(seed));
  }

  /** Hears news of a seed. */
  public void announced(Announcement announcement) {
    Optional<CrawlSession> session = sessions.of(announcement.seed());
    switch (announcement) {
      case HostPaused paused -> session.ifPresent(it -> it.pause(paused));
      case CrawlChanged changed -> {
        session.ifPresent(running -> running.wake(Optional.empty()));
        look(changed.seed());
      }
      case LaneReady ready -> {
        session.ifPresent(running -> running.wake(Optional.of(ready.lane())));
        if (session.filter(running -> running.lanes().contains(ready.lane())).isEmpty()) {
          look(ready.seed());
        }
      }
    }
  }

  // Giving up lanes.

  /** Stops all lanes in order, within {@code most}; nothing is acquired any more. */
  public void stop(Duration most) {
    stopping = true;
    auditor.shutdownNow();
    slots.remove(slots.all());
    drain(most.minus(SETTLING));
    locked(() -> {});
  }

  /** Drains all lanes that are in none of this worker's slots. */
  private void drain(Duration graceNow) {
    Map<CrawlSession, List<Lane>> given = new HashMap<>();
    for (CrawlSession session : sessions.all()) {
      List<Lane> lanes = session.lanes().stream().filter(notMine(session)).toList();
      if (!lanes.isEmpty()) {
        given.put(session, lanes);
        session.drain(lanes);
      }
    }
    try {
      await(given, graceNow);
      given.forEach(CrawlSession::force);
      await(given, SETTLING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Predicate<Lane> notMine(CrawlSession session) {
    return lane -> !slots.has(session.state().slot(lane));
  }

  private void await(Map<CrawlSession, List<Lane>> given, Duration most)
      throws InterruptedException {
    long untilNs = nanos.getAsLong() + most.toNanos();
    for (Map.Entry<CrawlSession, List<Lane>> entry : given.entrySet()) {
      if (!entry.getKey().awaitWithout(entry.getValue(), untilNs)) {
        return;
      }
    }
  }

  // Looking.

  @Override
  public void run() {
    try {
      while (!stopping) {
        Set<Seed> seeds = awaitNews();
        try {
          lookAt(seeds);
          if (seeds.isEmpty()) { // reads may be answered where writes are refused
            store.problem().ifPresentOrElse(redis::away, redis::there);
          }
        } catch (StoreUnavailableException e) {
          redis.away(String.valueOf(e.getMessage()));
          scanAgain();
        } catch (RuntimeException e) {
          LOG.error("looking at seeds failed; trying again", e);
          scanAgain();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void scanAgain() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    locked(() -> nextScanNs = nanos.getAsLong());
  }

  /** Waits for seeds to look at; none stands for all. */
  private Set<Seed> awaitNews() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopping && heardOf.isEmpty() && nextScanNs - nanos.getAsLong() > 0) {
        long _ = changed.awaitNanos(nextScanNs - nanos.getAsLong());
      }
      Set<Seed> news = Set.copyOf(heardOf);
      heardOf.clear();
      return nextScanNs - nanos.getAsLong() <= 0 ? Set.of() : news;
    } finally {
      lock.unlock();
    }
  }

  private void lookAt(Set<Seed> news) {
    if (news.isEmpty()) {
      lookAtAll();
    } else {
      Map<Seed, List<NotedCommand>> noted = new HashMap<>();
      news.forEach(seed -> noted.put(seed, List.of()));
      List<SeedState> _ = lookAt(noted);
    }
  }

  private void lookAtAll() {
    long beganNs = nanos.getAsLong();
    long never = beganNs + Duration.ofDays(1).toNanos();
    locked(() -> nextScanNs = never);
    boolean first = slotsAreNew.getAndSet(false);
    lastScan = scanned(beganNs);
    if (first) {
      LOG.info("looked at {} active seeds in {} ms", lastScan.seeds(), lastScan.took().toMillis());
    }
    care.sweep(slots::has);
    long tookNs = nanos.getAsLong() - beganNs;
    long pauseNs = Math.min(SHARE_OF_SCANS * tookNs, LONGEST_PAUSE.toNanos());
    locked(() -> {
      if (nextScanNs == never) { // else slots were assigned meanwhile, so that it is due again
        nextScanNs = nanos.getAsLong() + Math.max(scan.toNanos(), pauseNs);
      }
    });
  }

  private Scan scanned(long beganNs) {
    AtomicInteger seeds = new AtomicInteger();
    standstill.begin();
    store.forEachActive(part -> {
      standstill.scanned(lookAt(part));
      seeds.addAndGet(part.size());
    });
    standstill.over(this::isMine);
    return new Scan(seeds.get(), Duration.ofNanos(nanos.getAsLong() - beganNs));
  }

  /** Gives the states of those seeds that this worker looks after. */
  private List<SeedState> lookAt(Map<Seed, List<NotedCommand>> noted) {
    Map<Seed, SeedState> states = new HashMap<>(store.states(noted.keySet()));
    List<Seed> changedSeeds = new ArrayList<>();
    noted.forEach((seed, commands) -> {
      if (tended(seed, Optional.ofNullable(states.get(seed)), commands)) {
        changedSeeds.add(seed);
      }
    });
    states.putAll(store.states(changedSeeds));
    if (!resting()) {
      states.values().forEach(this::run);
    }
    List<SeedState> own =
        states.values().stream().filter(state -> isMine(state.crawl().seed())).toList();
    care.index(own);
    return own;
  }

  private boolean isMine(Seed seed) {
    return slots.has(Slots.of(seed.host()));
  }

  /**
   * Does what a seed of these slots needs; whether its state is another by now. One whose state is
   * damaged must not stop the others.
   */
  private boolean tended(Seed seed, Optional<SeedState> state, List<NotedCommand> noted) {
    try {
      return isMine(seed) && care.apply(seed, state, noted);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} could not be looked after", seed, e);
      return false;
    }
  }

  /**
   * Whether no site may be asked, as the store was found empty. That is noted in it before anything
   * that could be run, so that asking after the states is in time.
   */
  private boolean resting() {
    boolean rests = store.emptyState().filter(EmptyState::rests).isPresent();
    if (rests) {
      sessions.all().forEach(session -> session.drop("no site is asked now: Redis was empty"));
    }
    return rests;
  }

  private void run(SeedState state) {
    if (!state.status().finished() && !stopping) {
      sessions.run(state, slots.lanesOf(state));
      sessions.of(state.crawl().seed()).ifPresent(this::drainWhatMoved);
    }
  }

  /** A host's lanes go elsewhere once they are spread; the session takes its time for that. */
  private void drainWhatMoved(CrawlSession session) {
    List<Lane> moved = session.lanes().stream().filter(notMine(session)).toList();
    if (!moved.isEmpty()) {
      session.drain(moved);
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
