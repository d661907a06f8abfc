package io.fcrawler.store.memory;

import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What became of a crawl's URLs: the dedupe set, the counters, and the lists behind them. */
final class Ledger extends StatePart {
  private final Set<Long> seen;
  private final NavigableMap<String, Failure> failures;
  private final NavigableMap<String, Exclusion> exclusions;
  private Counters counters;

  Ledger() {
    seen = new HashSet<>();
    failures = new TreeMap<>();
    exclusions = new TreeMap<>();
    counters = Counters.ZERO;
  }

  private Ledger(Ledger other) {
    seen = new HashSet<>(other.seen);
    failures = new TreeMap<>(other.failures);
    exclusions = new TreeMap<>(other.exclusions);
    counters = other.counters;
  }

  Ledger copy() {
    return new Ledger(this);
  }

  boolean hasSeen(long fingerprint) {
    return seen.contains(fingerprint);
  }

  /** Takes a URL that was not seen into the crawl. */
  void admit(long fingerprint) {
    seen.add(fingerprint);
    counters = counters.admit();
  }

  /** Keeps out a URL that was not seen. */
  void keepOut(long fingerprint, String url, String reason) {
    seen.add(fingerprint);
    counters = counters.exclude();
    exclusions.put(url, new Exclusion(url, reason));
  }

  void crawled(long bytes) {
    counters = counters.crawl(bytes);
  }

  void failed(Failure failure) {
    counters = counters.fail();
    failures.put(failure.url(), failure);
  }

  /** Keeps out a URL that was admitted. */
  void exclude(String url, String reason) {
    counters = counters.withdraw().exclude();
    exclusions.put(url, new Exclusion(url, reason));
  }

  /** Whether a URL is kept out for a reason of the way by which it was found. */
  boolean isKeptOutByTheWay(String url) {
    Exclusion exclusion = exclusions.get(url);
    return exclusion != null && Exclusion.OF_THE_WAY.contains(exclusion.reason());
  }

  /** Takes back that a URL is kept out, as if it had never been found. */
  void lift(long fingerprint, String url) {
    seen.remove(fingerprint);
    exclusions.remove(url);
    counters = counters.lift();
  }

  /** Takes back a URL that was admitted, as if it had never been found. */
  void withdraw(long fingerprint) {
    counters = counters.withdraw();
    seen.remove(fingerprint);
  }

  Counters counters() {
    return counters;
  }

  /** The failures in the order of their URLs. */
  NavigableMap<String, Failure> failures() {
    return failures;
  }

  int fingerprints() {
    return seen.size();
  }

  /** What is kept out, in the order of the URLs. */
  NavigableMap<String, Exclusion> exclusions() {
    return exclusions;
  }

  @Override
  List<?> content() {
    return List.of(seen, failures, exclusions, counters);
  }
}
