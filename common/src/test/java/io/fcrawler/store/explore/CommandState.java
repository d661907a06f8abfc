package io.fcrawler.store.explore;

import io.fcrawler.store.memory.Snapshot;
import java.util.Optional;

/**
 * The store, the consumer of the log, and what is under way. Immutable.
 *
 * @param saved an earlier state of the store on the way here
 * @param next offset of the next record that the consumer will note
 * @param half whether one step of two was done for a record; only where a rule is taken out
 * @param kept a message that was sent before, and comes late or again
 */
record CommandState(
    Shared<Snapshot> store,
    Optional<Shared<Snapshot>> saved,
    int next,
    boolean half,
    Optional<Shared<Message>> kept) {
  CommandState at(Shared<Snapshot> after) {
    return new CommandState(after, saved, next, half, kept);
  }

  CommandState saving() {
    return new CommandState(store, Optional.of(store), next, half, kept);
  }

  CommandState consumer(long offset, boolean halfDone) {
    return new CommandState(store, saved, Math.toIntExact(offset), halfDone, kept);
  }

  CommandState keeping(Shared<Message> message) {
    return new CommandState(store, saved, next, half, Optional.of(message));
  }

  /** The same as far as a future without faults goes. */
  CommandState withoutPast() {
    return new CommandState(store, Optional.empty(), next, half, Optional.empty());
  }
}
