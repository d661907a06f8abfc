package io.fcrawler.store.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.store.StoreBackend.Rollback;
import io.fcrawler.store.walk.WalkSite.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** One walk: faults at random, then none. */
final class Walk {
  private static final int STATES_REMEMBERED = 12;
  private static final int LONGEST_END = 5000;

  private final StoreBackend backend;
  private final CrawlStore store;
  private final Random random;
  private final WalkPlan plan;
  private final Seed seed;
  private final WalkSite site;
  private final WalkFetch fetch;
  private final WalkWire wire;
  private final WalkCommands commands;
  private final List<WalkWorker> workers = new ArrayList<>();
  private final List<Rollback> states = new ArrayList<>();
  private final List<Runnable> choices = new ArrayList<>();
  private int expiries;
  private Instant lastRollback = Instant.MIN;

  Walk(StoreBackend backend, WalkPlan plan, long number) {
    this.backend = backend;
    this.store = backend.store();
    this.plan = plan;
    this.random = new Random(number);
    this.seed = unused(store, number);
    this.site = WalkSite.random(random, seed.host());
    CrawlOptions options =
        new CrawlOptions(-1, -1, true, 0, 1 + random.nextInt(2), List.of(), List.of(), false);
    this.fetch = new WalkFetch(site, options);
    this.wire = new WalkWire(backend, random, seed, 12);
    this.commands = new WalkCommands(backend, random, seed, site.startUrl(), options);
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      workers.add(worker());
    }
    chooseFrom();
  }

  private static Seed unused(CrawlStore store, long number) {
    int attempt = 0;
    while (store.progress(seed(number, attempt)).isPresent()) {
      attempt++;
    }
    return seed(number, attempt);
  }

  private static Seed seed(long number, int attempt) {
    return new Seed("walk-" + number + "-" + attempt + ".example");
  }

  private WalkWorker worker() {
    return new WalkWorker(wire, fetch, backend.clock(), plan.lease(), random);
  }

  void run() {
    commands.submit();
    for (int i = 0; i < plan.steps(); i++) {
      step();
      check();
    }
    end();
  }

  private void step() {
    choices.get(random.nextInt(choices.size())).run();
  }

  private void chooseFrom() {
    often(20, () -> current().ifPresent(it -> acquire(anyone(), it)));
    often(20, () -> atSomeLane(WalkWorker::fetch));
    often(26, () -> turn(anyone()));
    often(4, () -> atSomeLane(WalkWorker::release));
    often(2, () -> anyone().die());
    often(3, wire::late);
    often(8, commands::consume);
    often(1, commands::rebalance);
    often(4, commands::scan);
    often(1, commands::control);
    often(2, commands::submit);
    often(3, this::remember);
    often(2, this::goBack);
    often(4, this::pass);
  }

  private void often(int times, Runnable step) {
    choices.addAll(Collections.nCopies(times, step));
  }

  private WalkWorker anyone() {
    return workers.get(random.nextInt(workers.size()));
  }

  private void atSomeLane(BiConsumer<WalkWorker, WalkLease> step) {
    WalkWorker worker = anyone();
    one(worker.lanes()).ifPresent(lane -> step.accept(worker, lane));
  }

  private void turn(WalkWorker worker) {
    worker.turn(some(worker.lanes()), random.nextInt(3), random.nextInt(3));
  }

  private Optional<SeedState> current() {
    return Optional.ofNullable(store.states(List.of(seed)).get(seed));
  }

  private void acquire(WalkWorker worker, SeedState state) {
    worker.acquire(state.crawl(), some(sorted(state.lanes())));
    worker.lanes().forEach(lane -> assertAlone(worker, lane));
  }

  /** Sorted, so that a walk is the same each time: a set has no order of its own. */
  private static List<Lane> sorted(Set<Lane> lanes) {
    return lanes.stream().sorted(Comparator.comparing(Lane::name)).toList();
  }

  /** Unless the state went back meanwhile, no two workers may fetch in a lane. */
  private void assertAlone(WalkWorker worker, WalkLease lane) {
    Instant now = backend.clock().instant();
    if (!lane.runs(now) || !lane.granted().isAfter(lastRollback)) {
      return;
    }
    for (WalkWorker other : workers) {
      boolean also =
          other != worker
              && other.crawl().equals(worker.crawl())
              && other.lanes().stream()
                  .filter(it -> it.lane().equals(lane.lane()))
                  .anyMatch(it -> it.runs(now) && it.granted().isAfter(lastRollback));
      assertTrue(!also, () -> "two workers at " + lane.lane());
    }
  }

  private <T> List<T> some(List<T> all) {
    return all.stream().filter(_ -> random.nextInt(3) > 0).toList();
  }

  private <T> Optional<T> one(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private void remember() {
    states.add(backend.snapshot());
    if (states.size() > STATES_REMEMBERED) {
      states.remove(random.nextInt(states.size()));
    }
  }

  private void goBack() {
    one(states)
        .ifPresent(state -> {
          switch (random.nextInt(4)) {
            case 0 -> state.restoreCommands();
            case 1 -> state.restoreSeed(seed);
            default -> state.restore();
          }
          lastRollback = backend.clock().instant();
        });
  }

  private void pass() {
    boolean expire = random.nextBoolean() && expiries < plan.expiries();
    expiries += expire ? 1 : 0;
    Duration time = expire ? plan.lease().plusMillis(1) : plan.lease().dividedBy(10);
    backend.pass(time);
  }

  /** What holds after each step. */
  private void check() {
    Optional<Receipt> receipt = store.receipt(seed);
    if (receipt.isEmpty()) {
      return;
    }
    assertEquals(List.of(), receipt.get().differences());
    Progress progress = store.progress(seed).orElseThrow();
    if (progress.status() != CrawlStatus.QUEUED) {
      assertEquals(receipt.get().inFlight(), progress.inFlight());
    }
    Truth truth = site.truth();
    Receipt it = receipt.get();
    int most = truth.total() + truth.forbidden().size();
    int leaving = site.isWithdrawn(site.startUrl()) ? 1 : 0;
    assertTrue(it.total() <= most + leaving, () -> "too many in total: " + it);
    assertTrue(it.crawled() <= truth.crawled().size(), () -> "crawled twice: " + it);
    assertTrue(it.crawled() + it.failed() <= most, () -> "ended twice: " + it);
    assertTrue(it.excluded() <= truth.excluded(), () -> "excluded twice: " + it);
  }

  /** Without faults the crawl ends, and has found exactly what there is. */
  private void end() {
    wire.repair();
    workers.clear();
    WalkWorker last = worker();
    SeedState state = endState(last);
    for (int i = 0; state.status() != CrawlStatus.DONE || state.waiting(); i++) {
      assertTrue(i < LONGEST_END, "never ends");
      goOn(state, last);
      state = endState(last);
      check();
    }
    assertTruth(state);
  }

  private SeedState endState(WalkWorker last) {
    commands.sync();
    if (current().isEmpty()) {
      commands.submit();
      commands.sync();
    }
    backend.pass(last.takeWait());
    return Objects.requireNonNull(store.states(List.of(seed)).get(seed));
  }

  private void goOn(SeedState state, WalkWorker last) {
    switch (state.status()) {
      case PAUSED -> commands.resume(state.crawl().crawlId());
      case CANCELLED -> commands.submit();
      case CRAWLING -> {
        last.acquire(state.crawl(), sorted(state.lanes()));
        last.turn(last.lanes(), 0, 2);
        last.lanes().forEach(lane -> fetchAll(last, lane));
        last.turn(last.lanes(), 10, 0);
      }
      case QUEUED, DONE -> {}
    }
  }

  private static void fetchAll(WalkWorker worker, WalkLease lane) {
    for (int i = 0; i < 2; i++) {
      worker.fetch(lane);
    }
  }

  private void assertTruth(SeedState state) {
    Receipt receipt = store.receipt(seed).orElseThrow();
    assertEquals(List.of(), receipt.differences());
    Progress progress = store.progress(seed).orElseThrow();
    assertTrue(commands.mayEndWith(progress), () -> "ended with " + progress);
    List<Failure> failures = store.failures(seed, ListQuery.first(1000)).orElseThrow().items();
    if (failures.stream().anyMatch(failure -> failure.reason().equals("abandoned"))) {
      return; // what such a page would have led to is not found
    }
    Truth truth = site.truth();
    assertEquals(truth.crawled().size(), receipt.crawled());
    assertEquals(truth.failed(), failures.stream().map(Failure::url).collect(Collectors.toSet()));
    assertEquals(truth.total(), receipt.total());
    assertEquals(truth.excluded(), receipt.excluded());
    Set<String> missing = new HashSet<>(truth.crawled());
    missing.addAll(truth.failed());
    missing.removeAll(fetch.written(state.crawl()));
    assertEquals(Set.of(), missing, "counted, but never fetched");
  }

  @Override
  public String toString() {
    return site + " with " + commands;
  }
}
