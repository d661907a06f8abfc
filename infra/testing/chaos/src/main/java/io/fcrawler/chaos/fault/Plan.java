package io.fcrawler.chaos.fault;

import java.util.List;

/** The faults of a run. */
public sealed interface Plan permits Schedule, Scenario {
  /** A line for each fault. */
  List<String> lines();

  /** The kinds of the faults, as often as they are there. */
  List<String> kinds();
}
