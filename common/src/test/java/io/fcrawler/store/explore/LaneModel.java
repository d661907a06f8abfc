package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.explore.Explorer.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two workers, two lanes, and all that may happen to their calls, the store and the crawl. */
final class LaneModel implements Explorer.Model<State> {
  private static final int MOST_TICKS = 3;
  private static final int MOST_COMMANDS = 4;
  private static final int MOST_RESULTS = 2;

  private final World world;
  private final Continuation continuation;

  LaneModel(World world) {
    this.world = world;
    this.continuation = new Continuation(world);
  }

  @Override
  public List<Step<State>> steps(State state) {
    List<Step<State>> steps = new ArrayList<>();
    for (int who = 0; who < state.workers().size(); who++) {
      if (who == 0 || state.worker(who - 1).sessions() > 0) { // workers are alike: A begins
        ofWorker(steps, state, who);
      }
    }
    ofStore(steps, state);
    ofUsers(steps, state);
    return steps;
  }

  private void ofWorker(List<Step<State>> steps, State state, int who) {
    SeedState seed = world.shown(state).state();
    Worker worker = state.worker(who);
    if (!seed.status().finished()) {
      Worker ready = worker.on(seed.crawl());
      for (Lane lane : sorted(seed.lanes())) {
        if (ready.lease(lane).filter(it -> state.tick() < it.until()).isEmpty()) {
          ofCall(steps, state, who, ready, ready.acquire(lane), "acquires " + lane.host());
        }
      }
    }
    if (worker.session().isPresent()) {
      ofSession(steps, state, who, worker);
    }
  }

  static List<Lane> sorted(Set<Lane> lanes) {
    return lanes.stream().sorted(Comparator.comparing(Lane::name)).toList();
  }

  private void ofSession(List<Step<State>> steps, State state, int who, Worker worker) {
    for (Lease lease : worker.leases()) {
      String host = lease.lane().host();
      ofCall(steps, state, who, worker, worker.turn(List.of(lease)), "turn of " + host);
      if (!lease.results().isEmpty()) {
        ofCall(steps, state, who, worker, worker.claim(List.of(lease)), "claims of " + host);
      }
      Worker without = worker.without(lease.lane());
      ofCall(steps, state, who, without, worker.release(lease.lane()), "releases " + host);
      if (lease.claimed().isPresent()
          && lease.results().size() < MOST_RESULTS
          && world.conduct().mayFetch(lease, state.tick())) {
        String name = worker.name() + ": fetches " + lease.claimed().get().url();
        steps.add(new Step<>(name, () -> world.fetch(state, who, lease)));
      }
    }
    if (worker.leases().size() > 1) {
      ofCall(steps, state, who, worker, worker.turn(worker.leases()), "turn of both");
    }
    steps.add(new Step<>(worker.name() + ": dies", () -> world.die(state, who)));
  }

  private void ofCall(
      List<Step<State>> steps, State state, int who, Worker sender, Call call, String name) {
    for (Delivery delivery : Delivery.values()) {
      if (delivery != Delivery.SLOW || state.tick() < MOST_TICKS) {
        steps.add(
            new Step<>(
                sender.name() + ": " + name + delivery.words(),
                () -> world.deliver(state, who, sender, call, delivery)));
      }
    }
  }

  private void ofStore(List<Step<State>> steps, State state) {
    if (state.tick() < MOST_TICKS) {
      steps.add(new Step<>("all leases end", state::later));
    }
    if (!state.saved().equals(Optional.of(state.store()))) {
      steps.add(new Step<>("the store is saved", () -> state.saving(state.store())));
      if (state.saved().isPresent()) {
        steps.add(new Step<>("the store goes back", () -> world.goBack(state)));
      }
    }
    state
        .kept()
        .ifPresent(call ->
            steps.add(
                new Step<>("comes late: " + named(call.call().value()), () -> world.late(state))));
  }

  private static String named(Call call) {
    return call.getClass().getSimpleName() + " of " + call.session().id();
  }

  private void ofUsers(List<Step<State>> steps, State state) {
    SeedState seed = world.shown(state).state();
    if (state.log().size() < MOST_COMMANDS) {
      command(seed, state.log())
          .ifPresent(it ->
              steps.add(
                  new Step<>(
                      "given: " + it.getClass().getSimpleName(), () -> world.give(state, it))));
    }
    steps.add(new Step<>("commands are scanned", () -> world.scan(state)));
  }

  /** What a user may do with the crawl that is shown: each state has one such thing at most. */
  static Optional<Command> command(SeedState seed, List<Command> log) {
    CrawlId id = seed.crawl().crawlId();
    return switch (seed.status()) {
      case CRAWLING -> Optional.of(new Pause(Site.SEED, id));
      case PAUSED -> Optional.of(new Resume(Site.SEED, id));
      case DONE ->
          log.stream().filter(Open.class::isInstance).count() < 2
              ? Optional.of(World.open(2, Optional.of(id)))
              : Optional.empty();
      case QUEUED, CANCELLED -> Optional.empty();
    };
  }

  @Override
  public void check(State state) {
    checkNumbers(world.shown(state).receipt(), state.written());
    for (Lease lease : state.worker(0).leases()) {
      state
          .worker(1)
          .lease(lease.lane())
          .filter(other -> running(other, state.tick()) && running(lease, state.tick()))
          .filter(_ -> sameCrawl(state))
          .ifPresent(_ -> {
            throw new AssertionError("two workers may fetch in " + lease.lane().host());
          });
    }
    continuation.check(state);
  }

  private boolean running(Lease lease, int now) {
    return lease.undisturbed() && world.conduct().mayFetch(lease, now);
  }

  private static boolean sameCrawl(State state) {
    return state
        .worker(0)
        .session()
        .map(it -> it.crawl())
        .equals(state.worker(1).session().map(it -> it.crawl()));
  }

  private static void checkNumbers(Receipt receipt, Set<String> written) {
    assertEquals(List.of(), receipt.differences());
    CrawlId crawl = receipt.crawl().crawlId();
    assertTrue(receipt.total() <= Site.CRAWLED.size() + Site.FAILED.size(), "too many in total");
    assertTrue(receipt.crawled() <= count(Site.CRAWLED, crawl, written), "crawled beyond truth");
    assertTrue(receipt.failed() <= count(Site.FAILED, crawl, written), "failed beyond truth");
    assertTrue(receipt.status() != CrawlStatus.CANCELLED, "nobody cancelled it");
  }

  private static long count(Set<String> urls, CrawlId crawl, Set<String> written) {
    return urls.stream().filter(url -> written.contains(World.written(crawl, url))).count();
  }
}
