package io.fcrawler.store.walk;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Grant;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireReply.Wait;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Lost;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.store.walk.WalkLease.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A worker that follows the rules: it drops its session, lanes, cache and unsent results where it
 * is told that they are gone or stale, or where an answer is lost; fetches only within its leases;
 * and fills its cache of links only from answers to its own session.
 */
final class WalkWorker {
  private final WalkWire wire;
  private final WalkFetch fetch;
  private final InstantSource clock;
  private final Duration lease;
  private final Random random;
  private final Map<Lane, WalkLease> lanes = new TreeMap<>(Comparator.comparing(Lane::name));
  private final Set<Long> known = new HashSet<>();
  private @Nullable SessionRef session;
  private Optional<String> predecessor = Optional.empty();
  private Duration wait = Duration.ZERO;

  WalkWorker(WalkWire wire, WalkFetch fetch, InstantSource clock, Duration lease, Random random) {
    this.wire = wire;
    this.fetch = fetch;
    this.clock = clock;
    this.lease = lease;
    this.random = random;
  }

  /** Acquires lanes of the crawl, which is the current one as far as this worker knows. */
  void acquire(CrawlRef crawl, List<Lane> wanted) {
    if (session == null || !session.crawl().equals(crawl)) {
      forget();
      session = new SessionRef(crawl, Long.toHexString(random.nextLong()), 0);
    }
    Instant sent = clock.instant();
    Optional<AcquireReply> reply =
        wire.acquire(new AcquireRequest(session, predecessor, lease, wanted));
    switch (reply.orElse(null)) {
      case null -> drop();
      case AcquireReply.Refused refused -> refused(refused.refusal());
      case Acquired acquired -> acquired(session, sent, acquired.lanes());
    }
  }

  private void acquired(SessionRef accepted, Instant sent, Map<Lane, Grant> grants) {
    session = next(accepted);
    predecessor = Optional.empty();
    grants.forEach((lane, grant) -> {
      switch (grant) {
        case Granted _ -> granted(lane, sent);
        case Wait held -> waitFor(lane, held.remaining());
      }
    });
  }

  private void granted(Lane lane, Instant sent) {
    Instant end = sent.plus(lease);
    lanes.computeIfAbsent(lane, it -> new WalkLease(it, sent, end)).renew(end);
  }

  private void waitFor(Lane lane, Duration remaining) {
    lanes.remove(lane);
    wait = remaining;
  }

  private static SessionRef next(SessionRef accepted) {
    return new SessionRef(accepted.crawl(), accepted.id(), accepted.seq() + 1);
  }

  /** Fetches the next page of a lane, if it has one and its lease runs. */
  void fetch(WalkLease lane) {
    if (session == null || !lane.runs(clock.instant())) {
      return;
    }
    Optional<Entry> entry = lane.next();
    if (entry.isPresent()) {
      Result result = fetch.fetch(session.crawl(), entry.get());
      if (random.nextInt(4) == 0) {
        lane.fetched(new Result(Optional.empty(), result.links()));
      }
      lane.fetched(result);
    }
  }

  /** Settles up to {@code results} of each lane, and claims for it. */
  void turn(Collection<WalkLease> part, int results, int claims) {
    if (session == null) {
      return;
    }
    Instant sent = clock.instant();
    List<LaneTurn> turns = new ArrayList<>();
    part.forEach(it -> turns.add(it.turn(Math.min(results, it.results()), claims, known)));
    Optional<TurnReply> reply = wire.turn(new TurnRequest(session, lease, turns));
    switch (reply.orElse(null)) {
      case null -> drop();
      case TurnReply.Refused refused -> refused(refused.refusal());
      case Turned turned -> turned(session, sent, results, turns, turned);
    }
  }

  private void turned(
      SessionRef accepted, Instant sent, int results, List<LaneTurn> turns, Turned turned) {
    session = next(accepted);
    for (LaneTurn turn : turns) {
      WalkLease lane = lanes.get(turn.lane());
      switch (turned.lanes().get(turn.lane())) {
        case Held held when lane != null -> {
          lane.settled(Math.min(results, lane.results()));
          lane.claimed(held.claimed());
          lane.renew(sent.plus(lease));
          held.nextDue().ifPresent(due -> wait = due);
          turn.links().stream().map(Link::entry).map(Entry::fingerprint).forEach(known::add);
        }
        case Lost _ -> lanes.remove(turn.lane());
        case null, default -> throw new AssertionError("no verdict on " + turn.lane());
      }
    }
    if (turned.status().finished()) {
      forget();
    }
  }

  /** Gives a lane back, whose requests have ended. */
  void release(WalkLease lane) {
    lanes.remove(lane.lane());
    if (session == null) {
      return;
    }
    Optional<Optional<Refusal>> reply =
        wire.release(new ReleaseRequest(session, List.of(lane.lane())));
    if (reply.isEmpty()) {
      drop();
    } else if (reply.get().isPresent()) {
      refused(reply.get().get());
    } else {
      session = next(session);
    }
  }

  /** Is killed; another process takes its place. */
  void die() {
    forget();
  }

  private void refused(Refusal refusal) {
    switch (refusal) {
      case GONE -> forget();
      case STALE -> drop();
    }
  }

  /** Drops all of a session that may be over; the next one is its successor. */
  private void drop() {
    Optional<String> old = Optional.ofNullable(session).map(SessionRef::id);
    SessionRef before = session;
    forget();
    predecessor = old;
    session =
        before == null
            ? null
            : new SessionRef(before.crawl(), Long.toHexString(random.nextLong()), 0);
  }

  private void forget() {
    session = null;
    predecessor = Optional.empty();
    lanes.clear();
    known.clear();
  }

  /** The crawl of its session, if it has one. */
  Optional<CrawlRef> crawl() {
    return Optional.ofNullable(session).map(SessionRef::crawl);
  }

  List<WalkLease> lanes() {
    return List.copyOf(lanes.values());
  }

  /** For how long a call that brought nothing said that nothing will be due; then zero again. */
  Duration takeWait() {
    Duration result = wait;
    wait = Duration.ZERO;
    return result;
  }
}
