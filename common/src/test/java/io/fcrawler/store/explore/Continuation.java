package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The future without faults: the workers that are there go on, a lease passes only where nothing
 * else helps, and the crawl ends with exactly what can be reached.
 */
final class Continuation {
  private static final int MOST_ROUNDS = 60;

  private final World world;
  private final Set<State> good = new HashSet<>();

  Continuation(World world) {
    this.world = world;
  }

  void check(State state) {
    List<State> rounds = new ArrayList<>();
    State at = state.withoutPast();
    while (!good.contains(at)) {
      rounds.add(at);
      if (isOver(at)) {
        assertTruth(at);
        break;
      }
      assertTrue(rounds.size() < MOST_ROUNDS, () -> "never ends: " + world.shown(state).receipt());
      at = round(at, new ArrayList<>());
    }
    good.addAll(rounds);
  }

  /** A state, and the step that led to it. */
  record Visit(String step, State state) {}

  /** All states of a crawl without faults. */
  List<Visit> path(State from) {
    List<Visit> path = new ArrayList<>(List.of(new Visit("a crawl is opened", from)));
    while (!isOver(path.getLast().state())) {
      round(path.getLast().state(), path);
    }
    return path;
  }

  private boolean isOver(State state) {
    SeedState seed = world.shown(state).state();
    return seed.status() == CrawlStatus.DONE && seed.crawl().crawlId().equals(last(state));
  }

  /** The crawl that the last submission was to begin. */
  private static CrawlId last(State state) {
    return state.log().stream()
        .filter(Open.class::isInstance)
        .map(Command::crawlId)
        .reduce((_, second) -> second)
        .orElseThrow();
  }

  private void assertTruth(State state) {
    Receipt receipt = world.shown(state).receipt();
    assertEquals(List.of(), receipt.differences());
    assertEquals(Site.CRAWLED.size(), receipt.crawled(), "done, but crawled");
    assertEquals(Site.FAILED.size(), receipt.failed(), "done, but failed");
    Set<String> missing = new HashSet<>(Site.CRAWLED);
    missing.addAll(Site.FAILED);
    missing.removeIf(url -> state.written().contains(World.written(last(state), url)));
    assertEquals(Set.of(), missing, "counted, but never written");
  }

  private State round(State state, List<Visit> path) {
    State at = world.scan(state);
    Receipt before = world.shown(at).receipt();
    if (before.status() == CrawlStatus.PAUSED) {
      Command resume = LaneModel.command(world.shown(at).state(), at.log()).orElseThrow();
      return also(path, "given: Resume", world.give(at, resume));
    }
    for (int who = 0; who < at.workers().size(); who++) {
      at = work(at, who, path);
    }
    return world.shown(at).receipt().equals(before) ? also(path, "all leases end", at.later()) : at;
  }

  private static State also(List<Visit> path, String step, State next) {
    path.add(new Visit(step, next));
    return next;
  }

  private State work(State state, int who, List<Visit> path) {
    State at = acquire(state, who, path);
    if (at.worker(who).leases().isEmpty()) {
      return at;
    }
    at = call(at, who, Worker::claim, path);
    for (Lease lease : at.worker(who).leases()) {
      if (lease.claimed().isPresent() && world.conduct().mayFetch(lease, at.tick())) {
        String step = at.worker(who).name() + ": fetches " + lease.claimed().get().url();
        at = also(path, step, world.fetch(at, who, lease));
      }
    }
    return call(call(at, who, Worker::turn, path), who, Worker::turn, path);
  }

  /** Acquires one lane; each worker begins at another one. */
  private State acquire(State state, int who, List<Visit> path) {
    SeedState seed = world.shown(state).state();
    if (seed.status().finished()) {
      return state;
    }
    Worker worker = state.worker(who).on(seed.crawl());
    List<Lane> lanes = new ArrayList<>(LaneModel.sorted(seed.lanes()));
    Collections.rotate(lanes, who);
    return lanes.stream()
        .filter(lane -> worker.lease(lane).filter(it -> state.tick() < it.until()).isEmpty())
        .findFirst()
        .map(lane ->
            also(
                path,
                worker.name() + ": acquires " + lane.host(),
                answered(state, who, worker, worker.acquire(lane))))
        .orElse(state);
  }

  private State call(
      State state, int who, BiFunction<Worker, List<Lease>, Call> kind, List<Visit> path) {
    Worker worker = state.worker(who);
    if (worker.leases().isEmpty()) {
      return state;
    }
    Call call = kind.apply(worker, worker.leases());
    return also(path, worker.name() + ": turn", answered(state, who, worker, call));
  }

  private State answered(State state, int who, Worker sender, Call call) {
    return world.deliver(state, who, sender, call, Delivery.ANSWERED);
  }
}
