package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireReply.Wait;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Announcement.HostPaused;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.worker.session.LaneBook.Batch;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's session on one crawl. One thread of its own makes all calls; it batches what the lanes
 * bring, so that these go on fetching while the store answers. Thread-safe.
 */
public final class CrawlSession {
  private static final Logger LOG = LoggerFactory.getLogger(CrawlSession.class);

  /** How often a session that may not renew asks whether it may again. */
  private static final long HELD_BACK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Calls calls;
  private final SessionSettings settings;
  private final LaneWork work;
  private final Optional<String> predecessor;
  private final LaneThreads threads = new LaneThreads();
  private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LaneBook book;
  private volatile Optional<SessionEnd> end = Optional.empty();
  private volatile Set<String> joined;
  private volatile SeedState state;
  private volatile Runnable onLanes = () -> {};

  /**
   * Begins nothing yet.
   *
   * @param ahead claims that each lane has at hand
   * @param predecessor this worker's former session on the crawl, all of whose requests have ended
   */
  public CrawlSession(
      CrawlStore store,
      SeedState state,
      SessionSettings settings,
      LaneWork work,
      int ahead,
      Optional<String> predecessor) {
    this.calls = new Calls(store, state.crawl(), () -> end.isEmpty());
    this.settings = settings;
    this.work = work;
    this.predecessor = predecessor;
    this.joined = state.joined();
    this.state = state;
    this.book = new LaneBook(settings, ahead);
  }

  /** Starts the session's thread. */
  public void start() {
    Thread.ofVirtual().name("session-" + crawl().seed().id()).start(this::run);
  }

  public CrawlRef crawl() {
    return calls.crawl;
  }

  public String id() {
    return calls.id;
  }

  /** The crawl's state as last heard. */
  public SeedState state() {
    return state;
  }

  /** Hears of the crawl's state. */
  public void hear(SeedState news) {
    state = news;
  }

  /** Completes when the session is over and none of its requests is under way any more. */
  public CompletableFuture<SessionEnd> ended() {
    return ended;
  }

  /** Has an action run then. */
  public void onEnd(Consumer<SessionEnd> action) {
    CompletableFuture<Void> _ = ended.thenAccept(action).exceptionally(CrawlSession::logged);
  }

  private static @Nullable Void logged(Throwable failure) {
    LOG.error("the end of a session could not be dealt with", failure);
    return null;
  }

  /** Has an action run whenever it holds other lanes than before; the action must not block. */
  public void onLanes(Runnable action) {
    onLanes = action;
  }

  // What it is told.

  /** Asks for lanes; those that it has or already asked for are left as they are. */
  public void want(Collection<Lane> asked) {
    locked(() -> book.want(asked));
  }

  /** Says that a lane, or each one, may have something to claim. */
  public void wake(Optional<Lane> lane) {
    locked(() -> book.wake(lane));
  }

  /** Says that a host is to be left alone. */
  public void pause(HostPaused paused) {
    work.pause(paused.host(), paused.pause(), paused.asked());
  }

  /** Lets lanes finish what they fetch, settles that, and releases them. */
  public void drain(Collection<Lane> given) {
    locked(() -> book.drain(given));
  }

  /** Ends fetches that drain for longer than they may. */
  public void force(Collection<Lane> given) {
    locked(() -> given.forEach(lane -> book.of(lane).ifPresent(this::force)));
  }

  private void force(LaneState state) {
    if (state.draining()) {
      state.force();
      threads.interrupt(state.lane);
    }
  }

  /** Drops everything at once: nothing is released, nothing settled. */
  public void drop(String why) {
    end(SessionEnd.DROPPED, why);
  }

  /** Lanes that it holds or asks for. */
  public Set<Lane> lanes() {
    return reading(book::all);
  }

  /** How many lanes it holds. */
  public int held() {
    return reading(book::held);
  }

  /** Ends the session if a lease is over. Called every little while by a thread of the worker's. */
  public void checkLeases() {
    if (reading(book::anyLeaseOver)) {
      end(SessionEnd.DROPPED, "its lease ended without an answer of the store");
    }
  }

  /** Waits until it has none of these lanes any more, or the time is over; whether it has none. */
  public boolean awaitWithout(Collection<Lane> given, long untilNs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (end.isEmpty() && book.holdsAny(given)) {
        if (changed.awaitNanos(untilNs - settings.nanos().getAsLong()) <= 0) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  // The session's thread.

  private void run() {
    try {
      while (end.isEmpty()) {
        awaitWork();
        acquire();
        turn();
        release();
        endIfOver();
      }
    } catch (StoreUnavailableException e) {
      end(SessionEnd.DROPPED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      end(SessionEnd.DROPPED, "interrupted");
    } catch (RuntimeException | Error e) {
      LOG.error("session {} of {} failed", id(), crawl().seed(), e);
      end(SessionEnd.DROPPED, e.toString());
    }
    threads.whenAllEnded(() -> ended.complete(end.orElseThrow()));
  }

  private void awaitWork() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean renewing = settings.mayRenew().getAsBoolean();
      while (end.isEmpty()) {
        long wait = renewing ? book.nextWorkNs() - settings.nanos().getAsLong() : HELD_BACK_NS;
        if (wait <= 0) {
          return;
        }
        long left = changed.awaitNanos(wait);
        renewing |= left <= 0 && settings.mayRenew().getAsBoolean();
      }
    } finally {
      lock.unlock();
    }
  }

  private void acquire() throws InterruptedException {
    List<Lane> due = reading(book::dueLanes);
    if (end.isPresent() || due.isEmpty() || !settings.mayAcquire().getAsBoolean()) {
      return;
    }
    long sentNs = settings.nanos().getAsLong();
    AcquireReply reply =
        calls.make(session ->
            calls.store.acquire(new AcquireRequest(session, predecessor, settings.lease(), due)));
    switch (reply) {
      case AcquireReply.Refused refused -> refused(refused.refusal());
      case Acquired acquired -> locked(() -> acquired(acquired, sentNs));
    }
  }

  /** Begins the lanes that were granted, unless the session was ended while it asked. */
  private void acquired(Acquired acquired, long sentNs) {
    if (end.isPresent()) {
      return;
    }
    acquired
        .lanes()
        .forEach((lane, grant) -> {
          switch (grant) {
            case Wait wait -> book.waitFor(lane, wait, sentNs);
            case Granted granted -> begin(book.granted(lane, sentNs), granted.takeover());
          }
        });
    onLanes.run();
  }

  private void begin(LaneState state, boolean takeover) {
    threads.start(
        crawl().seed().id() + " " + state.lane.name(),
        state.lane,
        () -> work.run(state.lane, takeover, side(state)),
        failure -> laneEnded(state, failure));
  }

  private LaneWork.Claims side(LaneState lane) {
    return new LaneSide(
        lane,
        settings.nanos(),
        () -> joined,
        visit -> locked(() -> book.settle(lane, visit)),
        this::drop);
  }

  private void laneEnded(LaneState state, Optional<Throwable> failure) {
    if (failure.isPresent()) {
      LOG.error("lane {} of {} failed", state.lane.name(), crawl().seed(), failure.get());
      drop("a lane failed: " + failure.get());
    }
    locked(() -> {
      state.end();
      if (!state.draining() && book.of(state.lane).filter(it -> it == state).isPresent()) {
        finish(SessionEnd.DROPPED, "a lane ended by itself"); // as its lease seemed to be over
      }
    });
  }

  private void turn() throws InterruptedException {
    Batch batch = reading(book::batch);
    if (end.isPresent() || batch.turns().isEmpty()) {
      return;
    }
    long sentNs = settings.nanos().getAsLong();
    TurnReply reply =
        calls.make(session ->
            calls.store.turn(
                new TurnRequest(session, settings.lease(), settings.patience(), batch.turns())));
    switch (reply) {
      case TurnReply.Refused refused -> refused(refused.refusal());
      case Turned turned -> {
        turned.hosts().forEach((host, held) -> work.pause(host, held.hostPause(), held.asked()));
        locked(() -> turned(turned, batch, sentNs));
      }
    }
  }

  /** A lost lane is another session's: whatever it brought is that one's to bring again. */
  private void turned(Turned turned, Batch batch, long sentNs) {
    joined = turned.joined();
    for (Lane lost : book.turned(turned, batch, sentNs)) {
      LOG.info("lane {} of {} is another worker's", lost.name(), crawl().seed());
      threads.interrupt(lost);
      onLanes.run();
    }
    if (turned.status().finished()) {
      finish(SessionEnd.GONE, "the crawl is " + turned.status().word());
    }
  }

  private void release() throws InterruptedException {
    List<Lane> spent = reading(book::spent);
    if (end.isPresent() || spent.isEmpty()) {
      return;
    }
    Optional<Refusal> refusal =
        calls.make(session -> calls.store.release(new ReleaseRequest(session, spent)));
    refusal.ifPresent(this::refused);
    locked(() -> book.released(spent));
    onLanes.run();
  }

  private void endIfOver() {
    if (reading(book::isOver)) {
      end(SessionEnd.RELEASED, "it has no lanes any more");
    }
  }

  // Ending.

  private void refused(Refusal refusal) {
    switch (refusal) {
      case GONE -> end(SessionEnd.GONE, "another crawl is current, or this one has ended");
      case STALE -> end(SessionEnd.DROPPED, "the store went back in time, or an answer was lost");
    }
  }

  private void end(SessionEnd how, String why) {
    locked(() -> finish(how, why));
  }

  private void finish(SessionEnd how, String why) {
    if (end.isEmpty()) {
      end = Optional.of(how);
      LOG.info("session {} of {} is over: {}", id(), crawl().seed(), why);
      threads.interruptAll();
      book.drop();
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

  private <T> T reading(Supplier<T> reader) {
    lock.lock();
    try {
      return reader.get();
    } finally {
      lock.unlock();
    }
  }
}
