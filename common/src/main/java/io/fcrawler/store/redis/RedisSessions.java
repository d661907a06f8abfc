package io.fcrawler.store.redis;

import static io.fcrawler.store.redis.TurnCall.ms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of sessions: acquire, turn, release. */
final class RedisSessions {
  private static final int SESSION_LEASES = 10;
  private static final Duration TTL_AFTER_RELEASE = Duration.ofMinutes(10);
  private static final int CRAWLS_REMEMBERED = 10_000;

  /** Below the number of connections, so that other calls find one free. */
  private static final int CALLS_AT_ONCE = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** By their numbers in {@code turn.lua}. */
  private static final List<HostStanding> STANDINGS =
      List.of(HostStanding.WELL, HostStanding.TROUBLED, HostStanding.GIVEN_UP);

  private final Redis redis;
  private final String channel;
  private final CallQueue queue = new CallQueue(CALLS_AT_ONCE, PATIENCE);

  /** The number of dedupe buckets that each crawl was last told to have. */
  private final Cache<CrawlId, Integer> buckets =
      Caffeine.newBuilder().maximumSize(CRAWLS_REMEMBERED).build();

  RedisSessions(Redis redis, String channel) {
    this.redis = redis;
    this.channel = channel;
  }

  /** How long a session is known after its last call. */
  static Duration ttl(Duration lease) {
    return lease.multipliedBy(SESSION_LEASES);
  }

  AcquireReply acquire(AcquireRequest request) {
    SessionRef session = request.session();
    SeedKeys seed = new SeedKeys(session.crawl().seed());
    SeedKeys.CrawlKeys crawl = seed.crawl(session.crawl().crawlId());
    String predecessor = request.predecessor().orElse("");
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed()));
    keys.addAll(List.of(crawl.session(session.id()), crawl.session(predecessor)));
    keys.addAll(List.of(crawl.failures(), seed.history()));
    for (Lane lane : request.lanes()) {
      keys.addAll(List.of(crawl.lane(lane), crawl.queue(lane)));
      keys.addAll(List.of(crawl.inflight(lane), crawl.delayed(lane)));
    }
    List<String> args = sessionArgs(session);
    args.addAll(List.of(ms(request.lease()), ms(ttl(request.lease())), predecessor));
    List<Object> reply = queue.make(() -> redis.list(Script.ACQUIRE, keys, args));
    return refusal(reply.getFirst())
        .<AcquireReply>map(AcquireReply.Refused::new)
        .orElseGet(() -> new AcquireReply.Acquired(grants(request.lanes(), reply)));
  }

  private static Map<Lane, AcquireReply.Grant> grants(List<Lane> lanes, List<Object> reply) {
    Map<Lane, AcquireReply.Grant> grants = new HashMap<>();
    for (int i = 0; i < lanes.size(); i++) {
      long verdict = (Long) reply.get(i + 1);
      grants.put(
          lanes.get(i),
          verdict > 0
              ? new AcquireReply.Wait(Duration.ofMillis(verdict))
              : new AcquireReply.Granted(verdict < 0));
    }
    return grants;
  }

  /** Turns; where the dedupe sets have grown meanwhile, again with their new number. */
  TurnReply turn(TurnRequest request) {
    CrawlId crawlId = request.session().crawl().crawlId();
    while (true) {
      int known = Optional.ofNullable(buckets.getIfPresent(crawlId)).orElse(1);
      TurnCall call = new TurnCall(request, known, channel);
      List<Object> reply = queue.make(() -> redis.list(Script.TURN, call.keys(), call.args()));
      Optional<Refusal> refusal = refusal(reply.getFirst());
      if (refusal.isPresent()) {
        return new TurnReply.Refused(refusal.get());
      }
      boolean done = reply.getFirst().equals("ok");
      buckets.put(crawlId, Math.toIntExact((Long) reply.get(done ? 2 : 1)));
      if (done) {
        return turned(request.lanes(), reply);
      }
    }
  }

  private static TurnReply turned(List<LaneTurn> lanes, List<Object> reply) {
    Map<Lane, TurnReply.Verdict> verdicts = new HashMap<>();
    for (int i = 0; i < lanes.size(); i++) {
      verdicts.put(lanes.get(i).lane(), verdict((List<?>) reply.get(4 + i)));
    }
    CrawlStatus status = CrawlStatus.ofWord((String) reply.get(1));
    return new TurnReply.Turned(status, verdicts, Meta.wordsOf((String) reply.get(3)));
  }

  private static TurnReply.Verdict verdict(List<?> reply) {
    if (reply.getFirst().equals("lost")) {
      return new TurnReply.Lost();
    }
    long due = (Long) reply.getFirst();
    Optional<Duration> nextDue = due < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(due));
    return new TurnReply.Held(
        reply.stream().skip(4).map(entry -> EntryCodec.read((String) entry)).toList(),
        nextDue,
        STANDINGS.get(Math.toIntExact((Long) reply.get(1))),
        Duration.ofMillis((Long) reply.get(2)),
        Duration.ofMillis((Long) reply.get(3)));
  }

  Optional<Refusal> release(ReleaseRequest request) {
    SessionRef session = request.session();
    SeedKeys seed = new SeedKeys(session.crawl().seed());
    SeedKeys.CrawlKeys crawl = seed.crawl(session.crawl().crawlId());
    List<String> keys = new ArrayList<>(List.of(seed.meta(), crawl.session(session.id())));
    List<String> args = sessionArgs(session);
    args.addAll(List.of(ms(TTL_AFTER_RELEASE), channel, seed.seed().id()));
    for (Lane lane : request.lanes()) {
      keys.addAll(List.of(crawl.lane(lane), crawl.queue(lane), crawl.inflight(lane)));
      args.add(lane.name());
    }
    return refusal(queue.make(() -> redis.text(Script.RELEASE, keys, args)));
  }

  private static List<String> sessionArgs(SessionRef session) {
    return new ArrayList<>(
        List.of(session.crawl().crawlId().value(), session.id(), Long.toString(session.seq())));
  }

  private static Optional<Refusal> refusal(Object answer) {
    return switch (String.valueOf(answer)) {
      case "gone" -> Optional.of(Refusal.GONE);
      case "stale" -> Optional.of(Refusal.STALE);
      default -> Optional.empty();
    };
  }
}
