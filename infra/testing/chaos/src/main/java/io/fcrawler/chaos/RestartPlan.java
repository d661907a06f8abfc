package io.fcrawler.chaos;

import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.fleet.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which programs run, and how they are restarted.
 *
 * @param root of the project, where the programs were built
 * @param older root of the tree whose programs run until they are restarted, if not of this one
 * @param whole whether all are stopped before any is started again
 */
record RestartPlan(Path root, Optional<Path> older, boolean whole) {
  /** Two APIs and three workers, so that those of both versions run side by side. */
  private static final List<String> UPGRADED =
      List.of("worker-1", "api-1", "worker-2", "api-2", "worker-3");

  /** Where the programs that run first were built. */
  Path first() {
    return older.orElse(root);
  }

  /** The parts in the order of their restart. In an upgrade, Redis and Kafka come last. */
  Collection<Part> order(Fleet fleet) {
    if (older.isEmpty()) {
      return fleet.parts();
    }
    List<Part> order = new ArrayList<>(UPGRADED.stream().map(fleet::part).toList());
    Stream.of("redis", "kafka").map(fleet::part).forEach(order::add);
    return order;
  }
}
