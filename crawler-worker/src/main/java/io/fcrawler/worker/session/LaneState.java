package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Entry;
import io.fcrawler.store.TurnReply.Held;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A lane that the session holds. Guarded by the session's lock, but for the queue of claims and the
 * end of the lease, which the lane's thread reads.
 */
final class LaneState {
  static final long NEVER = Long.MAX_VALUE;

  final Lane lane;

  /** Claimed entries not yet taken by the thread; an empty one ends it. */
  private final LinkedBlockingQueue<Optional<Claim>> claims = new LinkedBlockingQueue<>();

  /** Visits to settle, in order. */
  final ArrayDeque<Visit> visits = new ArrayDeque<>();

  /** Entries claimed and not yet handed back as visits. */
  private int outstanding;

  /** Whether the store may have more to claim than it last gave. */
  private boolean hopeful = true;

  /** Counts reasons for hope, to see whether one came while a call was under way. */
  private long hopes;

  /** When the next retry is due, on the monotonic clock. */
  private long dueNs = NEVER;

  private volatile long leaseEndNs;
  private boolean draining;
  private boolean forced;
  private boolean ended;

  LaneState(Lane lane, long leaseEndNs) {
    this.lane = lane;
    this.leaseEndNs = leaseEndNs;
  }

  long leaseEndNs() {
    return leaseEndNs;
  }

  void renew(long endNs) {
    leaseEndNs = endNs;
  }

  Optional<Claim> take() throws InterruptedException {
    return claims.take();
  }

  void hope() {
    hopeful = true;
    hopes++;
  }

  long hopes() {
    return hopes;
  }

  /** How many claims to ask for, if any, where {@code ahead} are to be at hand. */
  int appetite(int ahead) {
    return draining || outstanding > ahead / 2 ? 0 : ahead - outstanding;
  }

  /** Whether it should ask for claims now, and not only when it renews. */
  boolean hungry(int ahead, long nowNs) {
    return appetite(ahead) > 0 && (hopeful || nowNs >= dueNs);
  }

  boolean starving() {
    return outstanding == 0 && !draining;
  }

  long dueNs() {
    return draining ? NEVER : dueNs;
  }

  /** Takes in what a claim brought; {@code hopesBefore} is {@link #hopes} when it was asked. */
  void claimed(Held held, int asked, long hopesBefore, long nextDueNs) {
    for (Entry entry : held.claimed()) {
      if (!draining) { // else it goes back to the queue when the lane is released
        outstanding++;
        claims.add(Optional.of(new Claim(entry, held.host())));
      }
    }
    hopeful = held.claimed().size() == asked || hopes != hopesBefore;
    dueNs = nextDueNs;
  }

  void visited(Visit visit) {
    outstanding--;
    visits.add(visit);
  }

  /** Drops what is not settled: it is another's to bring again. */
  void drop() {
    visits.forEach(visit -> visit.memory().close());
    visits.clear();
  }

  /** Lets the thread end after its present visit. */
  void drain() {
    if (!draining) {
      draining = true;
      outstanding -= claims.size();
      claims.clear();
      claims.add(Optional.empty());
    }
  }

  boolean draining() {
    return draining;
  }

  /** Gives up the visit under way, and those whose records are not safe yet. */
  void force() {
    forced = true;
  }

  /** The thread is over. */
  void end() {
    ended = true;
  }

  /** Whether nothing more will come of it: it may be released. */
  boolean spent() {
    return draining && ended && (forced || (outstanding <= 0 && visits.isEmpty()));
  }
}
