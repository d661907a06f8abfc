package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Outcome.Crawled;
import io.fcrawler.store.Outcome.Excluded;
import io.fcrawler.store.Outcome.Failed;
import io.fcrawler.store.Outcome.Retry;
import io.fcrawler.store.Outcome.Withdrawn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A lane's part of a turn, put together word by word. */
final class Turns {
  /** Of every page that is crawled. */
  static final long BYTES = 1000;

  private final Lane lane;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Set<String> joins = new HashSet<>();
  private boolean spreads;
  private int claims;
  private final List<HostReport> host = new ArrayList<>();

  private Turns(Lane lane) {
    this.lane = lane;
  }

  static Turns on(Lane lane) {
    return new Turns(lane);
  }

  Turns claim(int count) {
    claims = count;
    return this;
  }

  Turns crawled(Entry... entries) {
    for (Entry entry : entries) {
      outcomes.add(new Crawled(entry.fingerprint(), BYTES));
    }
    return this;
  }

  Turns failed(Entry entry, String reason, int httpStatus) {
    outcomes.add(
        new Failed(entry.fingerprint(), entry.url(), reason, httpStatus, 1, entry.referrer()));
    return this;
  }

  Turns excluded(Entry entry, String reason) {
    outcomes.add(new Excluded(entry.fingerprint(), entry.url(), reason));
    return this;
  }

  Turns retry(Entry entry, Duration delay) {
    outcomes.add(new Retry(entry.retried(), delay));
    return this;
  }

  Turns withdrawn(Entry entry) {
    outcomes.add(new Withdrawn(entry.fingerprint()));
    return this;
  }

  Turns links(Link... found) {
    links.addAll(List.of(found));
    return this;
  }

  /** The host asked to be left alone. */
  Turns hostPause(Duration pause) {
    host.add(new HostReport.Troubled("http_429", false, pause));
    return this;
  }

  /** A URL's first attempt failed. */
  Turns hostFailed(String reason) {
    host.add(new HostReport.Troubled(reason, true, Duration.ZERO));
    return this;
  }

  Turns hostWell() {
    host.add(new HostReport.Well());
    return this;
  }

  Turns joins(String authority) {
    joins.add(authority);
    return this;
  }

  Turns spreads() {
    spreads = true;
    return this;
  }

  LaneTurn build() {
    return new LaneTurn(lane, claims, outcomes, links, host, joins, spreads);
  }
}
