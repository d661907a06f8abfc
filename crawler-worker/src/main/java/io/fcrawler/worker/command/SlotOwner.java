package io.fcrawler.worker.command;

import io.fcrawler.seed.Seed;
import java.util.Set;

/** Who runs the lanes of the slots that Kafka assigns to this worker. */
public interface SlotOwner {
  void assigned(Set<Integer> slots);

  /**
   * Stops the slots' lanes in order; returns when they are released, or the time for it is over.
   */
  void revoked(Set<Integer> slots);

  /** Stops the slots' lanes at once, without a call: others may have them already. */
  void lost(Set<Integer> slots);

  /** Says that a command was applied to the seed. */
  void look(Seed seed);
}
