package io.fcrawler.store.walk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.StoreBackend;
import org.junit.jupiter.api.Test;

/**
 * The random walks as a contract: a backend's test class implements this. A walk that fails prints
 * its number N; {@code -Dwalk.first=N -Dwalk.count=1} walks it again.
 */
public interface StoreWalk {
  /** The store to walk over. Walks may share one. */
  StoreBackend walkBackend();

  WalkPlan plan();

  @Test
  default void anyWalkThroughFaultsStaysExactAndEndsWithExactlyWhatThereIs() {
    long first = Long.getLong("walk.first", 1);
    int count = Integer.getInteger("walk.count", plan().walks());
    assertTrue(count > 0);
    for (long number = first; number < first + count; number++) {
      Walk walk = new Walk(walkBackend(), plan(), number);
      try {
        walk.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("walk " + number + " of " + plan() + ": " + walk, e);
      }
    }
  }
}
