package io.fcrawler.store.explore;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.explore.Site.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A lane as a worker knows it that holds it.
 *
 * @param claimed the page to fetch next
 * @param results not yet settled
 * @param until the tick of the clock at which the lease ends
 * @param undisturbed whether the state has not gone back since the lane was granted; nothing that a
 *     worker could know
 */
record Lease(
    Lane lane, Optional<Entry> claimed, List<Result> results, int until, boolean undisturbed) {
  static Lease granted(Lane lane, int until) {
    return new Lease(lane, Optional.empty(), List.of(), until, true);
  }

  Lease disturbed() {
    return new Lease(lane, claimed, results, until, false);
  }

  Lease renewed(int end) {
    return new Lease(lane, claimed, results, end, undisturbed);
  }

  Lease fetched(List<Result> found) {
    List<Result> all = new ArrayList<>(results);
    all.addAll(found);
    return new Lease(lane, Optional.empty(), List.copyOf(all), until, undisturbed);
  }

  /** After a turn: what it named is settled, and perhaps a page claimed. */
  Lease turned(int settled, List<Entry> found, int end) {
    List<Result> left = List.copyOf(results.subList(settled, results.size()));
    Optional<Entry> next = claimed.or(() -> found.stream().findFirst());
    return new Lease(lane, next, left, end, undisturbed);
  }

  /**
   * Claims where nothing is claimed, and settles.
   *
   * @param most how many results to settle at most
   * @param known links that are left out
   */
  LaneTurn turn(int most, Set<Long> known) {
    List<Result> first = results.stream().limit(most).toList();
    List<Outcome> outcomes = first.stream().flatMap(it -> it.outcome().stream()).toList();
    List<Link> links =
        first.stream()
            .flatMap(it -> it.links().stream())
            .filter(link -> !known.contains(link.entry().fingerprint()))
            .toList();
    int claims = claimed.isEmpty() ? 1 : 0;
    return new LaneTurn(lane, claims, outcomes, links, List.of(), Set.of());
  }
}
