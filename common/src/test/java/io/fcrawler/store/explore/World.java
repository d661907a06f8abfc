package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.TurnReply.Lost;
import io.fcrawler.store.explore.Call.Answer;
import io.fcrawler.store.explore.Call.Refused;
import io.fcrawler.store.explore.Call.Turned;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.store.memory.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What can happen to a state: each method gives the state after it. */
final class World {
  static final Duration LEASE = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What a reader sees of a store. */
  record Shown(SeedState state, Receipt receipt) {}

  private record Asked(Shared<Snapshot> store, int tick, Shared<Call> call) {}

  private record Done(Shared<Snapshot> store, Answer answer) {}

  private final Shared.Pool<Snapshot> snapshots = new Shared.Pool<>();
  private final Shared.Pool<Worker> workers = new Shared.Pool<>();
  private final Shared.Pool<Call> calls = new Shared.Pool<>();
  private final Map<Shared<Snapshot>, Shown> shown = new HashMap<>();
  private final Map<Asked, Done> done = new HashMap<>();
  private final Conduct conduct;
  private int now;
  private final MemoryCrawlStore store =
      new MemoryCrawlStore(() -> START.plus(LEASE.multipliedBy(now)));

  World(Conduct conduct) {
    this.conduct = conduct;
  }

  Conduct conduct() {
    return conduct;
  }

  /** How many states of the store there were. */
  int stores() {
    return snapshots.size();
  }

  /** A crawl that was just opened, and two workers. */
  State beginning() {
    List<Shared<Worker>> two =
        List.of(workers.of(Worker.fresh("A")), workers.of(Worker.fresh("B")));
    State empty =
        new State(
            snapshots.of(store.snapshot()),
            Optional.empty(),
            two,
            0,
            Optional.empty(),
            Set.of(),
            List.of());
    return give(empty, open(1, Optional.empty()));
  }

  static Open open(int number, Optional<CrawlId> saw) {
    CrawlOptions options = new CrawlOptions(-1, -1, true, 0, 1, List.of(), List.of(), false);
    CrawlId id = new CrawlId("01890000-0000-7000-8000-00000000000" + number);
    return new Open(Site.SEED, id, saw, Site.START, false, options, START);
  }

  Shown shown(State state) {
    return Objects.requireNonNull(shown.get(state.store()));
  }

  State deliver(State state, int who, Worker sender, Call call, Delivery delivery) {
    Shared<Call> sent = calls.of(call);
    return switch (delivery) {
      case ANSWERED -> answered(state, who, sender, sent, 0);
      case COPIED -> answered(state, who, sender, sent, 0).keeping(sent, true);
      case SLOW -> answered(state, who, sender, sent, 1);
      case UNANSWERED -> lost(state.at(execute(state, sent).store()), who, sender);
      case LOST -> lost(state, who, sender);
      case DELAYED -> lost(state, who, sender).keeping(sent, false);
    };
  }

  private State lost(State state, int who, Worker sender) {
    return state.with(who, workers.of(conduct.lost(sender)));
  }

  private State answered(State state, int who, Worker sender, Shared<Call> call, int ticks) {
    Done after = execute(state, call);
    Worker worker = conduct.answered(sender, after.answer(), state.tick(), state.tick() + ticks);
    State next = state.at(after.store()).with(who, workers.of(worker));
    next = ticks > 0 ? next.later() : next;
    return conduct.keeps(Rule.OUTPUT_FIRST) ? next : writeSettled(next, after.answer());
  }

  private static State writeSettled(State state, Answer answer) {
    if (!(answer instanceof Turned turned)) {
      return state;
    }
    CrawlId crawl = turned.call().request().session().crawl().crawlId();
    Set<String> written = new HashSet<>(state.written());
    turned.call().request().lanes().stream()
        .map(LaneTurn::outcomes)
        .flatMap(List::stream)
        .forEach(outcome -> written.add(written(crawl, Site.urlOf(crawl, outcome))));
    return state.writing(written);
  }

  /** The call that is under way comes; it may come again. */
  State late(State state) {
    return state.at(execute(state, state.kept().orElseThrow().call()).store());
  }

  private Done execute(State state, Shared<Call> call) {
    Asked asked = new Asked(state.store(), state.tick(), call);
    Done known = done.get(asked);
    if (known == null) {
      known = executed(state, call.value());
      done.put(asked, known);
    }
    return known;
  }

  private Done executed(State state, Call call) {
    Receipt before = shown(state).receipt();
    restore(state);
    Answer answer = call.run(store);
    Shared<Snapshot> after = snapshot();
    if (answer instanceof Refused) {
      assertSame(state.store(), after, "a refused call changed something");
    } else if (answer instanceof Turned turned
        && turned.reply().lanes().values().stream().allMatch(Lost.class::isInstance)) {
      assertEquals(before, store.receipt(Site.SEED).orElseThrow(), "a zombie changed something");
    }
    return new Done(after, answer);
  }

  /** Fetches the page that is claimed. */
  State fetch(State state, int who, Lease lease) {
    Worker worker = state.worker(who);
    CrawlRef crawl = worker.session().orElseThrow().crawl();
    Entry entry = lease.claimed().orElseThrow();
    State fetched =
        state.with(who, workers.of(worker.with(lease.fetched(Site.fetch(crawl, entry)))));
    if (!conduct.keeps(Rule.OUTPUT_FIRST)) {
      return fetched;
    }
    Set<String> written = new HashSet<>(state.written());
    written.add(written(crawl.crawlId(), entry.url()));
    return fetched.writing(written);
  }

  /** How the output for a URL is remembered. */
  static String written(CrawlId crawl, String url) {
    return crawl.shortForm() + " " + url;
  }

  State die(State state, int who) {
    return state.with(who, workers.of(state.worker(who).forgetful()));
  }

  State goBack(State state) {
    State back = state.at(state.saved().orElseThrow());
    if (conduct.keeps(Rule.CALLS_ARE_SENT_ONCE)) {
      back = back.withoutCopies();
    }
    for (int who = 0; who < state.workers().size(); who++) {
      back = back.with(who, workers.of(state.worker(who).each(Lease::disturbed)));
    }
    return back;
  }

  /** A command is given, noted and applied. */
  State give(State state, Command command) {
    State given = state.given(command);
    return change(given, it -> apply(it, given.log(), given.log().size() - 1));
  }

  /** All commands are looked at, and what is not applied (any more) is. */
  State scan(State state) {
    SeedState seed = shown(state).state();
    boolean applied = seed.applied().equals(Optional.of(position(state.log().size() - 1)));
    return applied && !seed.waiting() ? state : applyAll(state);
  }

  private State applyAll(State state) {
    return change(
        state,
        it -> {
          for (int i = 0; i < state.log().size(); i++) {
            apply(it, state.log(), i);
          }
          it.openWaiting(Site.SEED);
        });
  }

  private static void apply(MemoryCrawlStore store, List<Command> log, int index) {
    Optional<Position> before = index == 0 ? Optional.empty() : Optional.of(position(index - 1));
    store.apply(new NotedCommand(position(index), log.get(index)), before);
  }

  private static Position position(int offset) {
    return new Position("topic", 0, offset);
  }

  private State change(State state, Consumer<MemoryCrawlStore> change) {
    restore(state);
    change.accept(store);
    return state.at(snapshot());
  }

  private void restore(State state) {
    now = state.tick();
    store.restore(state.store().value());
  }

  private Shared<Snapshot> snapshot() {
    Shared<Snapshot> snapshot = snapshots.of(store.snapshot());
    shown.computeIfAbsent(snapshot, _ -> show());
    return snapshot;
  }

  private Shown show() {
    return new Shown(
        Objects.requireNonNull(store.states(List.of(Site.SEED)).get(Site.SEED)),
        store.receipt(Site.SEED).orElseThrow());
  }
}
