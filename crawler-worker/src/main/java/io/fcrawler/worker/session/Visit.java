package io.fcrawler.worker.session;

import io.fcrawler.store.HostReport;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.worker.memory.Hold;
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
 * @param memory what it holds until it is settled; closed by whoever settles or drops it
 */
public record Visit(
    Outcome outcome,
    List<Link> links,
    Optional<HostReport> host,
    Set<String> joins,
    boolean spreads,
    Hold memory) {
  /** Of a link, but for its characters. */
  private static final int LINK_BYTES = 200;

  public Visit {
    links = List.copyOf(links);
    joins = Set.copyOf(joins);
  }

  /** A visit to a host of which no more is known. */
  public Visit(Outcome outcome, List<Link> links, Optional<HostReport> host, Set<String> joins) {
    this(outcome, links, host, joins, false, Hold.unbounded());
  }

  /** The same to a host that needs no pacing. */
  public Visit spreading() {
    return new Visit(outcome, links, host, joins, true, memory);
  }

  /** The same, that says something of its host. */
  public Visit reporting(Optional<HostReport> report) {
    return new Visit(outcome, links, report, joins, spreads, memory);
  }

  /** The same with other links. */
  Visit with(List<Link> others) {
    return new Visit(outcome, others, host, joins, spreads, memory);
  }

  /** The same, but the URL failed after all; no record of the page went out. */
  public Visit failing(Outcome.Failed failed) {
    return new Visit(failed, links, host, joins, spreads, memory);
  }

  /** The same that holds memory. */
  public Visit holding(Hold hold) {
    return new Visit(outcome, links, host, joins, spreads, hold);
  }

  /** Bytes that it takes until it is settled. */
  public long bytes() {
    long characters = links.stream().mapToLong(link -> link.entry().url().length()).sum();
    return characters + (long) LINK_BYTES * links.size();
  }

  public static Visit of(Outcome outcome) {
    return new Visit(outcome, List.of(), Optional.empty(), Set.of());
  }
}
