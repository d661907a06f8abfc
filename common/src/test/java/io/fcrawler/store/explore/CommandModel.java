package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.explore.Explorer.Step;
import io.fcrawler.store.explore.Message.Reply;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.store.memory.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The log's consumer, which may die, and a store whose shards may go back alone. */
final class CommandModel implements Explorer.Model<CommandState> {
  private static final int LARGEST_BATCH = 2;

  /** What a seed's commands came to: its crawls with their statuses, the current one first. */
  private record Effect(List<String> crawls, boolean waiting) {}

  private record Asked(Shared<Snapshot> store, Shared<Message> message) {}

  private record Done(Shared<Snapshot> store, Reply reply) {}

  /** The state after a message, and the stored offset where another one was expected. */
  private record Ran(CommandState state, Optional<Long> stored) {}

  private final Set<CommandRule> takenOut;
  private final MemoryCrawlStore store = new MemoryCrawlStore(() -> Instant.EPOCH);
  private final Shared.Pool<Snapshot> snapshots = new Shared.Pool<>();
  private final Shared.Pool<Message> messages = new Shared.Pool<>();
  private final Map<Asked, Done> done = new HashMap<>();
  private final Map<Shared<Snapshot>, List<Message>> due = new HashMap<>();
  private final Set<CommandState> good = new HashSet<>();
  private final List<Optional<Effect>> wanted;

  CommandModel(Set<CommandRule> takenOut) {
    this.takenOut = Set.copyOf(takenOut);
    MemoryCrawlStore exemplar = new MemoryCrawlStore(() -> Instant.EPOCH);
    CommandLog.once().forEach(exemplar::apply);
    this.wanted = effects(exemplar);
  }

  /** Nothing is noted yet. */
  CommandState beginning() {
    return new CommandState(
        snapshots.of(store.snapshot()), Optional.empty(), 0, false, Optional.empty());
  }

  private boolean keeps(CommandRule rule) {
    return !takenOut.contains(rule);
  }

  @Override
  public List<Step<CommandState>> steps(CommandState state) {
    List<Step<CommandState>> steps = new ArrayList<>();
    for (int size = 0; size <= LARGEST_BATCH && state.next() + size <= CommandLog.size(); size++) {
      consuming(steps, state, size);
    }
    steps.add(new Step<>("another consumer begins", () -> state.consumer(0, false)));
    due(state).forEach(message -> sending(steps, state, message));
    ofStore(steps, state);
    return steps;
  }

  private void consuming(List<Step<CommandState>> steps, CommandState state, int size) {
    if (!keeps(CommandRule.NOTED_WITH_OFFSET) || !keeps(CommandRule.OFFSET_BEFORE_APPLYING)) {
      if (size == 1 || (size == 0 && state.half())) {
        steps.add(new Step<>(halfName(state), () -> half(state)));
      }
      return;
    }
    Message note = note(state, size, true);
    steps.add(new Step<>(note + "", () -> answered(run(state, note), note)));
    steps.add(new Step<>(note + ", answer lost", () -> run(state, note).state()));
    steps.add(
        new Step<>(
            note + ", a copy under way",
            () -> answered(run(state, note), note).keeping(messages.of(note))));
    steps.add(new Step<>(note + ", under way only", () -> state.keeping(messages.of(note))));
  }

  private void sending(List<Step<CommandState>> steps, CommandState state, Message message) {
    steps.add(new Step<>(message + "", () -> run(state, message).state()));
    steps.add(new Step<>(message + ", under way only", () -> state.keeping(messages.of(message))));
  }

  private void ofStore(List<Step<CommandState>> steps, CommandState state) {
    state
        .kept()
        .ifPresent(it ->
            steps.add(
                new Step<>(it.value() + " comes late", () -> run(state, it.value()).state())));
    if (state.saved().equals(Optional.of(state.store()))) {
      return;
    }
    steps.add(new Step<>("the store is saved", state::saving));
    if (state.saved().isPresent()) {
      Snapshot saved = state.saved().get().value();
      steps.add(back("all", state, it -> it.restore(saved)));
      steps.add(back("{fcrawler}", state, it -> it.restoreCommands(saved)));
      for (Seed seed : CommandLog.SEEDS) {
        steps.add(back(seed.id(), state, it -> it.restoreSeed(saved, seed)));
      }
    }
  }

  private Step<CommandState> back(
      String what, CommandState state, Consumer<MemoryCrawlStore> restore) {
    return new Step<>("the store goes back: " + what, () -> change(state, restore));
  }

  private CommandState change(CommandState state, Consumer<MemoryCrawlStore> change) {
    store.restore(state.store().value());
    change.accept(store);
    return state.at(snapshots.of(store.snapshot()));
  }

  /** A note of the next records, or of their offset alone. */
  private Message note(CommandState state, int size, boolean withCommands) {
    int end = state.next() + size;
    List<NotedCommand> batch = withCommands ? CommandLog.records(state.next(), end) : List.of();
    long expected = keeps(CommandRule.STORED_OFFSET_DECIDES) ? state.next() : stored(state);
    return new Message.Note(
        new NoteRequest(CommandLog.PARTITION, CommandLog.TOPIC, expected, end, batch));
  }

  private long stored(CommandState state) {
    store.restore(state.store().value());
    var stored = store.offsets().get(CommandLog.PARTITION);
    return stored == null ? 0 : stored.offset();
  }

  private Ran run(CommandState state, Message message) {
    Asked asked = new Asked(state.store(), messages.of(message));
    Done known = done.get(asked);
    if (known == null) {
      known = send(asked);
      done.put(asked, known);
    }
    return new Ran(state.at(known.store()), known.reply().stored());
  }

  private Done send(Asked asked) {
    store.restore(asked.store().value());
    Reply reply = asked.message().value().run(store);
    Shared<Snapshot> after = snapshots.of(store.snapshot());
    if (reply.unchanged()) {
      assertSame(asked.store(), after, "what was refused changed something");
    }
    return new Done(after, reply);
  }

  /** The consumer goes on from where the store says, or after what it noted. */
  private static CommandState answered(Ran ran, Message note) {
    long end = ((Message.Note) note).request().next();
    return ran.state().consumer(ran.stored().orElse(end), false);
  }

  /** For each seed the first noted command that it does not know. */
  private List<Message> due(CommandState state) {
    return due.computeIfAbsent(
        state.store(),
        snapshot -> {
          store.restore(snapshot.value());
          return CommandLog.SEEDS.stream().map(this::due).flatMap(Optional::stream).toList();
        });
  }

  private Optional<Message> due(Seed seed) {
    List<NotedCommand> noted = store.noted(List.of(seed)).getOrDefault(seed, List.of());
    long applied =
        Optional.ofNullable(store.states(List.of(seed)).get(seed))
            .flatMap(SeedState::applied)
            .map(Position::offset)
            .orElse(-1L);
    Optional<Position> before = Optional.empty();
    for (NotedCommand command : noted) {
      if (command.position().offset() > applied) {
        return Optional.of(
            new Message.Apply(command, before.filter(_ -> keeps(CommandRule.IN_ORDER))));
      }
      before = Optional.of(command.position());
    }
    return Optional.empty();
  }

  // Without the rules of one step, and of the offset first.

  private String halfName(CommandState state) {
    boolean raises = state.half() != keeps(CommandRule.OFFSET_BEFORE_APPLYING);
    return (raises ? "offset is raised, at " : "applied at once, at ") + state.next();
  }

  /** One step of the two for a record. */
  private CommandState half(CommandState state) {
    boolean raises = state.half() != keeps(CommandRule.OFFSET_BEFORE_APPLYING);
    if (raises) {
      Message note = note(state, 1, false);
      Ran ran = run(state, note);
      CommandState after = answered(ran, note);
      return after.consumer(after.next(), !state.half() && ran.stored().isEmpty());
    }
    int offset = state.half() ? state.next() - 1 : state.next();
    Message apply = new Message.Apply(CommandLog.record(offset), Optional.empty());
    return run(state, apply).state().consumer(state.next(), !state.half());
  }

  @Override
  public void check(CommandState state) {
    store.restore(state.store().value());
    CommandLog.SEEDS.forEach(
        seed -> store.receipt(seed).ifPresent(it -> assertEquals(List.of(), it.differences())));
    List<CommandState> chain = new ArrayList<>();
    CommandState at = state.withoutPast();
    while (!good.contains(at)) {
      chain.add(at);
      CommandState next = goOn(at);
      if (next.equals(at)) {
        store.restore(at.store().value());
        assertEquals(wanted, effects(store), "not as if given once, in order");
        break;
      }
      at = next;
    }
    good.addAll(chain);
  }

  /** One step of a future without faults; the same state at its end. */
  private CommandState goOn(CommandState state) {
    List<Step<CommandState>> steps = new ArrayList<>();
    consuming(steps, state, state.next() < CommandLog.size() ? 1 : 0);
    CommandState consumed = steps.isEmpty() ? state : steps.getFirst().next().get();
    CommandState applied = consumed;
    for (Message message : due(consumed)) {
      applied = run(applied, message).state();
    }
    return change(applied, it -> CommandLog.SEEDS.forEach(it::openWaiting));
  }

  private static List<Optional<Effect>> effects(MemoryCrawlStore store) {
    return CommandLog.SEEDS.stream().map(seed -> effect(store, seed)).toList();
  }

  private static Optional<Effect> effect(MemoryCrawlStore store, Seed seed) {
    return Optional.ofNullable(store.states(List.of(seed)).get(seed))
        .map(state -> {
          List<String> crawls =
              new ArrayList<>(List.of(name(state.crawl().crawlId(), state.status())));
          store.crawls(seed).forEach(it -> crawls.add(name(it.crawlId(), it.status())));
          return new Effect(crawls, state.waiting());
        });
  }

  private static String name(CrawlId crawl, CrawlStatus status) {
    return "crawl %s %s".formatted(crawl.value().substring(35), status.word());
  }
}
