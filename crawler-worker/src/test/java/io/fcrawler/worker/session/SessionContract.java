package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.HostPatience;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.web.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions on a real protocol, with faults. Every crawl here ends with exact numbers. Leases
 * outlast any test: where one is to end, the clocks of session and store are put forward.
 */
@Timeout(600)
abstract class SessionContract {
  static final String TOP = "https://site.example/";
  static final Seed SEED = new Seed("site.example");

  Duration lease = Duration.ofMinutes(10);
  final AtomicLong aheadNs = new AtomicLong();
  final MemoryCrawlStore memory =
      new MemoryCrawlStore(() -> Instant.now().plusNanos(aheadNs.get()));
  final FaultyStore faulty = new FaultyStore(memory);
  final CrawlRef crawl = new CrawlRef(SEED, CrawlId.next(Instant.now(), new Random(1)));
  final AtomicBoolean mayAcquire = new AtomicBoolean(true);
  final AtomicInteger acquisitions = new AtomicInteger();
  final AtomicBoolean mayRenew = new AtomicBoolean(true);
  final AtomicBoolean mayClaim = new AtomicBoolean(true);

  void letLeasesEnd() {
    aheadNs.addAndGet(lease.plusSeconds(1).toNanos());
  }

  SeedState open(int connections) {
    CrawlOptions options =
        new CrawlOptions(-1, -1, false, 0, connections, List.of(), List.of(), false);
    Open open =
        new Open(SEED, crawl.crawlId(), Optional.empty(), TOP, false, options, Instant.now());
    memory.apply(new NotedCommand(new Position("topic", 0, 0), open));
    return memory.states(List.of(SEED)).values().iterator().next();
  }

  private boolean mayAcquire() {
    acquisitions.incrementAndGet();
    return mayAcquire.get();
  }

  CrawlSession session(SeedState state, LaneWork site, Optional<String> predecessor) {
    return session(state, site, predecessor, 0, state.options().connectionsPerHost());
  }

  CrawlSession session(
      SeedState state, LaneWork site, Optional<String> predecessor, int from, int to) {
    SessionSettings settings =
        new SessionSettings(
            lease,
            HostPatience.DEFAULT,
            () -> System.nanoTime() + aheadNs.get(),
            this::mayAcquire,
            mayRenew::get,
            mayClaim::get);
    CrawlSession session = new CrawlSession(faulty.store(), state, settings, site, 10, predecessor);
    session.want(IntStream.range(from, to).mapToObj(n -> new Lane(SEED.host(), n)).toList());
    session.start();
    return session;
  }

  void assertDone(TestingSite site) {
    Progress progress = memory.progress(SEED).orElseThrow();
    Truth truth = site.truth(TOP);
    assertEquals(CrawlStatus.DONE, progress.status());
    assertEquals(truth.total(), progress.total());
    assertEquals(truth.crawled().size(), progress.crawled());
    assertEquals(truth.failed().size(), progress.failed());
    assertEquals(List.of(), memory.receipt(SEED).orElseThrow().differences());
    assertTrue(site.visits.keySet().containsAll(truth.crawled()));
    assertTrue(site.visits.keySet().containsAll(truth.failed().keySet()));
    assertTrue(site.mostInALane.get() <= 1, "two visits of one lane at once");
    assertEquals(0, site.memory.used(), "memory of visits is given back, settled or dropped");
  }

  static SessionEnd end(CrawlSession session) throws Exception {
    return session.ended().get(300, TimeUnit.SECONDS);
  }

  /**
   * Lets leases end until the session does, as a call that is under way may renew them once more.
   */
  SessionEnd endByLease(CrawlSession session) throws Exception {
    Eventually.holds(
        "the session ends",
        () -> {
          letLeasesEnd();
          session.checkLeases();
          session.wake(Optional.empty());
          return session.ended().isDone();
        });
    return end(session);
  }

  int turns() {
    return (int) faulty.calls.stream().filter("turn"::equals).count();
  }

  static void await(BooleanSupplier condition) {
    Eventually.holds("it is so", condition::getAsBoolean);
  }
}
