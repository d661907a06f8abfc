package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply.Acquired;
import io.fcrawler.store.AcquireReply.Grant;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnReply.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A worker's session as a worker should run it: counts the calls that were accepted. */
final class TestingSession {
  /** So long that it does not end within a test. */
  static final Duration LONG = Duration.ofMinutes(10);

  final CrawlStore store;
  final CrawlRef crawl;
  final String id;
  private long seq;
  private HostPatience patience = HostPatience.DEFAULT;

  TestingSession(CrawlStore store, CrawlRef crawl) {
    this(store, crawl, UUID.randomUUID().toString(), 0);
  }

  TestingSession(CrawlStore store, CrawlRef crawl, String id, long seq) {
    this.store = store;
    this.crawl = crawl;
    this.id = id;
    this.seq = seq;
  }

  /** The same session as a copy of the worker would go on with it, that counted otherwise. */
  TestingSession at(long otherSeq) {
    return new TestingSession(store, crawl, id, otherSeq);
  }

  /** A session of the same id that names another crawl. */
  TestingSession of(CrawlRef other) {
    return new TestingSession(store, other, id, seq);
  }

  /** A new session of the same worker. */
  TestingSession successor() {
    return new TestingSession(store, crawl);
  }

  /** The same session, of a worker with this patience. */
  TestingSession bearing(HostPatience other) {
    patience = other;
    return this;
  }

  SessionRef ref() {
    return new SessionRef(crawl, id, seq);
  }

  long seq() {
    return seq;
  }

  AcquireReply acquire(Optional<String> predecessor, Duration lease, List<Lane> lanes) {
    AcquireReply reply = store.acquire(new AcquireRequest(ref(), predecessor, lease, lanes));
    if (reply instanceof Acquired) {
      seq++;
    }
    return reply;
  }

  /** The grant of one lane, for a long lease. */
  Grant acquire(Lane lane) {
    return acquire(lane, LONG);
  }

  Grant acquire(Lane lane, Duration lease) {
    return grant(acquire(Optional.empty(), lease, List.of(lane)), lane);
  }

  static Grant grant(AcquireReply reply, Lane lane) {
    Map<Lane, Grant> lanes = assertInstanceOf(Acquired.class, reply).lanes();
    return Objects.requireNonNull(lanes.get(lane));
  }

  /** Acquires lanes that are free. */
  void take(Lane... lanes) {
    for (Lane lane : lanes) {
      assertEquals(new Granted(false), acquire(lane));
    }
  }

  TurnReply turn(Duration lease, LaneTurn... lanes) {
    TurnReply reply = store.turn(new TurnRequest(ref(), lease, patience, List.of(lanes)));
    if (reply instanceof Turned) {
      seq++;
    }
    return reply;
  }

  /** A turn that must be accepted, for a long lease. */
  Turned turn(LaneTurn... lanes) {
    return assertInstanceOf(Turned.class, turn(LONG, lanes));
  }

  Turned turn(Turns... lanes) {
    return turn(List.of(lanes).stream().map(Turns::build).toArray(LaneTurn[]::new));
  }

  static Verdict verdict(Turned turned, Lane lane) {
    return Objects.requireNonNull(turned.lanes().get(lane));
  }

  static Held held(Turned turned, Lane lane) {
    return assertInstanceOf(Held.class, verdict(turned, lane));
  }

  /** What a turn that claims for one lane, which must be held, takes into flight. */
  List<Entry> claim(Lane lane, int count) {
    return claim(lane, count, LONG);
  }

  /** As {@link #claim(Lane, int)}; the lane is then held for {@code lease}. */
  List<Entry> claim(Lane lane, int count, Duration lease) {
    TurnReply reply = turn(lease, LaneTurn.claim(lane, count));
    return held(assertInstanceOf(Turned.class, reply), lane).claimed();
  }

  Optional<Refusal> release(Lane... lanes) {
    Optional<Refusal> refusal = store.release(new ReleaseRequest(ref(), List.of(lanes)));
    if (refusal.isEmpty()) {
      seq++;
    }
    return refusal;
  }
}
