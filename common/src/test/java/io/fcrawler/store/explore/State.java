package io.fcrawler.store.explore;

import io.fcrawler.command.Command;
import io.fcrawler.store.memory.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The store, the workers, and what is around them. Immutable.
 *
 * @param saved an earlier state of the store on the way here, to which it may go back
 * @param tick leases passed since the beginning
 * @param kept a call that was sent before and is under way, for the first time or again
 * @param written URLs whose output was written, with their crawl
 * @param log all commands given
 */
record State(
    Shared<Snapshot> store,
    Optional<Shared<Snapshot>> saved,
    List<Shared<Worker>> workers,
    int tick,
    Optional<Kept> kept,
    Set<String> written,
    List<Command> log) {
  /**
   * A call under way that nobody waits for.
   *
   * @param answered whether it was executed before, and its sender goes on from that
   */
  record Kept(Shared<Call> call, boolean answered) {}

  Worker worker(int who) {
    return workers.get(who).value();
  }

  State at(Shared<Snapshot> next) {
    return new State(next, saved, workers, tick, kept, written, log);
  }

  State with(int who, Shared<Worker> worker) {
    List<Shared<Worker>> all = new ArrayList<>(workers);
    all.set(who, worker);
    return new State(store, saved, List.copyOf(all), tick, kept, written, log);
  }

  State keeping(Shared<Call> call, boolean answered) {
    Kept last = new Kept(call, answered);
    return new State(store, saved, workers, tick, Optional.of(last), written, log);
  }

  State withoutCopies() {
    return new State(store, saved, workers, tick, kept.filter(it -> !it.answered()), written, log);
  }

  State saving(Shared<Snapshot> earlier) {
    return new State(store, Optional.of(earlier), workers, tick, kept, written, log);
  }

  State later() {
    return new State(store, saved, workers, tick + 1, kept, written, log);
  }

  State writing(Set<String> more) {
    return new State(store, saved, workers, tick, kept, Set.copyOf(more), log);
  }

  State given(Command command) {
    List<Command> all = new ArrayList<>(log);
    all.add(command);
    return new State(store, saved, workers, tick, kept, written, List.copyOf(all));
  }

  /** The same as far as a future without faults goes. */
  State withoutPast() {
    return new State(store, Optional.empty(), workers, tick, Optional.empty(), written, log);
  }
}
