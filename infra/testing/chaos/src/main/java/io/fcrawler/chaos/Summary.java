package io.fcrawler.chaos;

import io.fcrawler.chaos.fault.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of several runs, in Markdown. */
final class Summary {
  private Summary() {}

  static String of(List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    lines.add("| fault | times | in runs |");
    lines.add("| --- | ---: | ---: |");
    for (String kind : Schedule.allKinds()) {
      long times =
          outcomes.stream().flatMap(it -> it.kinds().stream()).filter(kind::equals).count();
      long runs = outcomes.stream().filter(it -> it.kinds().contains(kind)).count();
      lines.add("| %s | %d | %d |".formatted(kind, times, runs));
    }
    long faults = outcomes.stream().mapToLong(it -> it.kinds().size()).sum();
    lines.add("| all | %d | %d |".formatted(faults, outcomes.size()));
    lines.add("");
    long urls = outcomes.stream().mapToLong(Outcome::urls).sum();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d runs exact; %,d URLs; requests made again, a run: median %d, most %d.",
            outcomes.stream().filter(Outcome::exact).count(),
            outcomes.size(),
            urls,
            repeats(outcomes, 0.5),
            repeats(outcomes, 1)));
    return String.join("\n", lines);
  }

  private static long repeats(List<Outcome> outcomes, double part) {
    long[] all = outcomes.stream().mapToLong(Outcome::repeats).sorted().toArray();
    return all.length == 0 ? 0 : all[(int) Math.min(all.length - 1, part * all.length)];
  }
}
