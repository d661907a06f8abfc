package io.fcrawler.store.walk;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A lane as the worker knows it that holds it. */
final class WalkLease {
  /** What a fetch brought: links alone where the page sends its outcome later. */
  record Result(Optional<Outcome> outcome, List<Link> links) {}

  private final Lane lane;
  private final Instant granted;
  private final Deque<Entry> claimed = new ArrayDeque<>();
  private final List<Result> results = new ArrayList<>();
  private Instant until;

  WalkLease(Lane lane, Instant granted, Instant until) {
    this.lane = lane;
    this.granted = granted;
    this.until = until;
  }

  Lane lane() {
    return lane;
  }

  /** Whether a request may be started, so that nobody else may. */
  boolean runs(Instant now) {
    return now.isBefore(until);
  }

  /** Since when the lane is this worker's. */
  Instant granted() {
    return granted;
  }

  void renew(Instant end) {
    until = end;
  }

  void claimed(List<Entry> entries) {
    claimed.addAll(entries);
  }

  /** The next page to fetch, which is then no more to be fetched; empty where there is none. */
  Optional<Entry> next() {
    return Optional.ofNullable(claimed.pollFirst());
  }

  void fetched(Result result) {
    results.add(result);
  }

  /** A turn of the first results, of whose links those are left out that are known. */
  LaneTurn turn(int resultCount, int claims, Set<Long> known) {
    List<Result> part = results.subList(0, resultCount);
    List<Link> links =
        part.stream()
            .flatMap(result -> result.links().stream())
            .filter(link -> !known.contains(link.entry().fingerprint()))
            .toList();
    return new LaneTurn(
        lane,
        claims,
        part.stream().flatMap(result -> result.outcome().stream()).toList(),
        links,
        List.of(),
        Set.of());
  }

  int results() {
    return results.size();
  }

  void settled(int resultCount) {
    results.subList(0, resultCount).clear();
  }
}
