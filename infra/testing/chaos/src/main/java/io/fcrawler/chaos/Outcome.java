package io.fcrawler.chaos;

import java.util.List;

/**
 * What became of a run.
 *
 * @param faults a line each
 * @param kinds of the faults, as often as they were there
 * @param problems empty: all is exact
 * @param skipped faults that this machine does not allow
 * @param urls of the last crawls of all seeds
 * @param repeats requests made again
 * @param folder where its logs are, if they were kept
 */
public record Outcome(
    long seed,
    int run,
    List<String> faults,
    List<String> kinds,
    List<String> problems,
    List<String> skipped,
    long urls,
    long repeats,
    long seconds,
    String folder) {
  public Outcome {
    faults = List.copyOf(faults);
    kinds = List.copyOf(kinds);
    problems = List.copyOf(problems);
    skipped = List.copyOf(skipped);
  }

  public boolean exact() {
    return problems.isEmpty();
  }
}
