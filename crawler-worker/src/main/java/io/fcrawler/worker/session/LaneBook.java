package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply.Wait;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Lost;
import io.fcrawler.store.TurnReply.Turned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a session knows of its lanes, and what is to be done for them next. It calls nobody. Guarded
 * by the session's lock.
 */
final class LaneBook {
  /** Lanes named in one turn; the others come in the next. */
  private static final int LANES_A_TURN = 200;

  /** How long a visit waits for company while its lane has more to do. */
  private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(150);

  /** The same while a lane has nothing to do. */
  private static final long HASTE_NS = TimeUnit.MILLISECONDS.toNanos(3);

  private static final int ENOUGH_VISITS = 100;

  /** Part of the lease that is left unused, for what takes time between a check and its effect. */
  private static final int MARGIN_PARTS = 20;

  private final SessionSettings settings;
  private final int ahead;
  private final SeenCache seen = new SeenCache();
  private final Map<Lane, LaneState> lanes = new HashMap<>();

  /** Lanes to acquire, and when to try, on the monotonic clock. */
  private final Map<Lane, Long> wanted = new HashMap<>();

  private boolean begun;
  private boolean urgent;
  private boolean dropped;
  private int visits;
  private long firstVisitNs;

  LaneBook(SessionSettings settings, int ahead) {
    this.settings = settings;
    this.ahead = ahead;
  }

  /** A turn to make, and how hopeful each of its lanes was. */
  record Batch(List<LaneTurn> turns, Map<Lane, Long> hopes) {}

  // What the session is told.

  void want(Collection<Lane> asked) {
    begun |= !asked.isEmpty();
    for (Lane lane : asked) {
      if (!lanes.containsKey(lane)) {
        wanted.putIfAbsent(lane, nowNs());
      }
    }
  }

  void wake(Optional<Lane> lane) {
    if (lane.isPresent()) {
      of(lane.get()).ifPresent(LaneState::hope);
      wanted.replace(lane.get(), nowNs()); // whoever had it may have released it
    } else {
      lanes.values().forEach(LaneState::hope);
    }
  }

  void drain(Collection<Lane> given) {
    for (Lane lane : given) {
      wanted.remove(lane);
      of(lane).ifPresent(LaneState::drain);
    }
  }

  /** Takes in a visit, unless its lane was lost or given up meanwhile. */
  void settle(LaneState lane, Visit visit) {
    if (dropped || lanes.get(lane.lane) != lane) {
      visit.memory().close();
      return;
    }
    if (visits++ == 0) {
      firstVisitNs = nowNs();
    }
    urgent |= visit.host().isPresent(); // other workers may ask that host
    lane.visited(visit);
  }

  // What there is.

  Optional<LaneState> of(Lane lane) {
    return Optional.ofNullable(lanes.get(lane));
  }

  /** Whether all that it was asked to run is given up. */
  boolean isOver() {
    return begun && lanes.isEmpty() && wanted.isEmpty();
  }

  Set<Lane> all() {
    Set<Lane> all = new HashSet<>(lanes.keySet());
    all.addAll(wanted.keySet());
    return all;
  }

  int held() {
    return lanes.size();
  }

  boolean holdsAny(Collection<Lane> given) {
    return given.stream().anyMatch(lanes::containsKey);
  }

  boolean anyLeaseOver() {
    long now = nowNs();
    return lanes.values().stream().anyMatch(lane -> now - lane.leaseEndNs() >= 0);
  }

  /** Lanes that will bring nothing more, as many as a call may name. */
  List<Lane> spent() {
    return lanes.values().stream()
        .filter(LaneState::spent)
        .map(state -> state.lane)
        .limit(AcquireRequest.MAX_LANES)
        .toList();
  }

  // What is to be done.

  /** When there is something to do, on the monotonic clock. */
  long nextWorkNs() {
    long now = nowNs();
    if (isOver()) {
      return now;
    }
    long next = now + settings.lease().toNanos() / 3;
    boolean haste = urgent;
    boolean claiming = settings.mayClaim().getAsBoolean();
    for (LaneState lane : lanes.values()) {
      if (lane.spent() || (claiming && lane.hungry(ahead, now))) {
        return now;
      }
      haste |= lane.starving() || lane.draining();
      next = Math.min(next, renewalNs(lane));
      boolean due = claiming && lane.dueNs() != LaneState.NEVER;
      next = due ? Math.min(next, lane.dueNs()) : next;
    }
    if (settings.mayAcquire().getAsBoolean()) {
      next = wanted.values().stream().mapToLong(Long::longValue).reduce(next, Math::min);
    }
    if (visits > 0) {
      long patience = visits >= ENOUGH_VISITS ? 0 : haste ? HASTE_NS : PATIENCE_NS;
      next = Math.min(next, firstVisitNs + patience);
    }
    return next;
  }

  /** Lanes to acquire now, as many as a call takes. */
  List<Lane> dueLanes() {
    long now = nowNs();
    return wanted.entrySet().stream()
        .filter(entry -> entry.getValue() - now <= 0)
        .map(Map.Entry::getKey)
        .limit(AcquireRequest.MAX_LANES)
        .toList();
  }

  /** The lanes that have visits to settle, want claims, or are to be renewed. */
  Batch batch() {
    long now = nowNs();
    boolean claiming = settings.mayClaim().getAsBoolean();
    TurnBatch batch = new TurnBatch(seen);
    Map<Lane, Long> hopes = new HashMap<>();
    for (LaneState lane : lanes.values()) {
      lane.visits.forEach(visit -> visit.links().forEach(this::hopeFor));
    }
    for (LaneState lane : lanes.values()) {
      boolean due = (claiming && lane.hungry(ahead, now)) || renewalNs(lane) - now <= 0;
      if ((due || !lane.visits.isEmpty()) && batch.turns().size() < LANES_A_TURN) {
        hopes.put(lane.lane, lane.hopes());
        batch.add(lane, claiming ? lane.appetite(ahead) : 0);
      }
    }
    visits = lanes.values().stream().mapToInt(lane -> lane.visits.size()).sum();
    firstVisitNs = now;
    urgent = false;
    return new Batch(batch.turns(), hopes);
  }

  private void hopeFor(Link link) {
    LaneState target = lanes.get(link.lane());
    if (target != null && !seen.contains(link)) {
      target.hope();
    }
  }

  // What the store answered.

  /** Another session has the lane for now, unless it was heard meanwhile that it may be free. */
  void waitFor(Lane lane, Wait wait, long sentNs) {
    long untilNs = sentNs + wait.remaining().toNanos();
    wanted.computeIfPresent(lane, (_, atNs) -> atNs - sentNs > 0 ? atNs : untilNs);
  }

  /** The lane is the session's; it drains at once if it was given up meanwhile. */
  LaneState granted(Lane lane, long sentNs) {
    LaneState state = new LaneState(lane, leaseEndNs(sentNs));
    lanes.put(lane, state);
    if (wanted.remove(lane) == null) {
      state.drain();
    }
    return state;
  }

  /** Takes in what a turn brought; gives the lanes that are lost, which are not held any more. */
  List<Lane> turned(Turned turned, Batch batch, long sentNs) {
    List<Lane> lost = new ArrayList<>();
    for (LaneTurn turn : batch.turns()) {
      LaneState lane = lanes.get(turn.lane());
      if (lane == null) {
        continue;
      }
      switch (turned.lanes().get(turn.lane())) {
        case Held held -> held(lane, turn, held, batch.hopes(), sentNs);
        case Lost _ -> {
          remove(turn.lane());
          lost.add(turn.lane());
        }
        case null -> throw new IllegalStateException("no verdict on " + turn.lane());
      }
    }
    return lost;
  }

  private void held(LaneState lane, LaneTurn turn, Held held, Map<Lane, Long> hopes, long sentNs) {
    turn.links().forEach(seen::add);
    lane.renew(leaseEndNs(sentNs));
    long dueNs = held.nextDue().map(due -> sentNs + due.toNanos()).orElse(LaneState.NEVER);
    lane.claimed(held, turn.claims(), hopes.getOrDefault(turn.lane(), 0L), dueNs);
  }

  void released(List<Lane> given) {
    given.forEach(this::remove);
  }

  /** Drops all that lanes brought and will bring: the session is over. */
  void drop() {
    dropped = true;
    lanes.values().forEach(LaneState::drop);
  }

  private void remove(Lane lane) {
    of(lane).ifPresent(LaneState::drop);
    lanes.remove(lane);
  }

  // Time.

  private long nowNs() {
    return settings.nanos().getAsLong();
  }

  private long leaseEndNs(long sentNs) {
    return sentNs + settings.lease().toNanos() - marginNs();
  }

  private long renewalNs(LaneState lane) {
    return lane.leaseEndNs() + marginNs() - settings.lease().toNanos() * 2 / 3;
  }

  private long marginNs() {
    return settings.lease().toNanos() / MARGIN_PARTS;
  }
}
