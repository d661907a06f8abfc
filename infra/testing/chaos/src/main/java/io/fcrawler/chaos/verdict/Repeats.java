package io.fcrawler.chaos.verdict;

import io.fcrawler.chaos.fault.Span;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.testing.web.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts requests that were made again, and looks for those that no fault explains. */
final class Repeats {
  private final List<Span> spans;
  private final int retries;
  private final long zeroNs;
  private final List<String> unexplained = new ArrayList<>();
  private final Map<Span, Long> costs = new LinkedHashMap<>();
  private long repeats;

  /**
   * @param zeroNs from where times are told
   * @param retries that a failing URL is given when nothing happens
   */
  Repeats(List<Span> spans, int retries, long zeroNs) {
    this.zeroNs = zeroNs;
    this.spans = spans;
    this.retries = retries;
  }

  /** Requests beyond those of an undisturbed crawl. */
  long count() {
    return repeats;
  }

  /** A line for each URL of which a request was made again for no fault's sake. */
  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  /** A line for each fault for whose sake more requests were made again than it may cost. */
  List<String> tooMany() {
    return costs.entrySet().stream()
        .filter(cost -> cost.getValue() > cost.getKey().most())
        .map(cost ->
            "%s: %d requests were made again, at most %d may be"
                .formatted(cost.getKey().what(), cost.getValue(), cost.getKey().most()))
        .toList();
  }

  /** Looks at all requests of a seed, of which there were so many crawls. */
  void look(SeedSite site, List<Visit> visits, int crawls) {
    Map<String, List<Visit>> byUrl = new HashMap<>();
    visits.forEach(visit -> byUrl.computeIfAbsent(visit.url(), _ -> new ArrayList<>()).add(visit));
    byUrl.forEach((url, some) -> look(url, some, crawls * site.site().attempts(url, retries)));
  }

  private void look(String url, List<Visit> visits, int expected) {
    int surplus = visits.size() - expected;
    if (surplus <= 0) {
      return;
    }
    repeats += surplus;
    List<Span> excuses =
        visits.stream()
            .sorted(Comparator.comparingLong(Visit::startNs))
            .limit(visits.size() - 1L)
            .map(this::excuse)
            .flatMap(Optional::stream)
            .toList();
    excuses.stream().limit(surplus).forEach(span -> costs.merge(span, 1L, Long::sum));
    if (excuses.size() < surplus) {
      unexplained.add(
          "%s was asked for %d times, not %d: %s"
              .formatted(url, visits.size(), expected, times(visits)));
    }
  }

  private String times(List<Visit> visits) {
    return visits.stream()
        .map(visit ->
            String.format(
                Locale.ROOT, "%s at %.1f s", visit.agent(), (visit.startNs() - zeroNs) / 1e9))
        .collect(Collectors.joining(", "));
  }

  /** The fault that may have made a request vain; of several one that may cost most. */
  private Optional<Span> excuse(Visit visit) {
    return spans.stream()
        .filter(span -> span.excuses(visit.startNs(), visit.endNs()))
        .max(Comparator.comparingLong(Span::most));
  }
}
