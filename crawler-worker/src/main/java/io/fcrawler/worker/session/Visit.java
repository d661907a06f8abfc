package io.fcrawler.worker.session;

import io.fcrawler.store.HostReport;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a claimed entry, ready to be settled.
 *
 * @param links in scope, each fingerprint once
 * @param host what it says of its host, where that is news
 * @param joins authorities that come into scope
 * @param spreads whether the host turned out to need no pacing
 */
public record Visit(
    Outcome outcome,
    List<Link> links,
    Optional<HostReport> host,
    Set<String> joins,
    boolean spreads) {
  public Visit {
    links = List.copyOf(links);
    joins = Set.copyOf(joins);
  }

  /** A visit to a host of which no more is known. */
  public Visit(Outcome outcome, List<Link> links, Optional<HostReport> host, Set<String> joins) {
    this(outcome, links, host, joins, false);
  }

  /** The same to a host that needs no pacing. */
  public Visit spreading() {
    return new Visit(outcome, links, host, joins, true);
  }

  /** The same, that says something of its host. */
  public Visit reporting(Optional<HostReport> report) {
    return new Visit(outcome, links, report, joins, spreads);
  }

  /** The same with other links. */
  Visit with(List<Link> others) {
    return new Visit(outcome, others, host, joins, spreads);
  }

  public static Visit of(Outcome outcome) {
    return new Visit(outcome, List.of(), Optional.empty(), Set.of());
  }
}
