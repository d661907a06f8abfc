package io.fcrawler.api;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Entry;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.url.Fingerprinter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Crawls the current crawl of a seed with one lane, as far as a test wants it. */
final class TestingWorker {
  private static final Duration LEASE = Duration.ofDays(1);

  private final CrawlStore store;
  private final CrawlRef crawl;
  private final Lane lane;
  private final Fingerprinter fingerprinter;
  private final String session = UUID.randomUUID().toString();
  private final List<Entry> inFlight = new ArrayList<>();
  private long seq;

  TestingWorker(CrawlStore store, String seedId) {
    this(store, store.progress(new Seed(seedId)).orElseThrow().crawl(), Optional.empty());
  }

  private TestingWorker(CrawlStore store, CrawlRef crawl, Optional<String> predecessor) {
    this.store = store;
    this.crawl = crawl;
    lane = new Lane(crawl.seed().host(), 0);
    fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
    store.acquire(new AcquireRequest(next(), predecessor, LEASE, List.of(lane)));
  }

  /** The same worker in a new session, to which it hands its lane. */
  TestingWorker again() {
    return new TestingWorker(store, crawl, Optional.of(session));
  }

  /** Takes up to so many URLs into flight. */
  void claim(int count) {
    turn(count, List.of(), List.of());
  }

  /** Crawls the first URL in flight, and finds these. */
  void crawled(String... links) {
    Entry entry = inFlight.removeFirst();
    List<Link> found = new ArrayList<>();
    for (String url : links) {
      Entry link = Entry.link(fingerprinter.fingerprint(url), url, 1, entry.url());
      found.add(new Link(link, lane, Optional.empty()));
    }
    turn(0, List.of(new Outcome.Crawled(entry.fingerprint(), 1000)), found);
  }

  /** Gives the first URL in flight up. */
  void failed(String reason, int status) {
    Entry entry = inFlight.removeFirst();
    turn(
        0,
        List.of(
            new Outcome.Failed(
                entry.fingerprint(), entry.url(), reason, status, 1, entry.referrer())),
        List.of());
  }

  /** So many URLs of the host fail in a row at their first attempt. */
  void hostFails(int times, String reason) {
    List<HostReport> reports =
        Collections.nCopies(times, new HostReport.Troubled(reason, true, Duration.ZERO));
    store.turn(
        new TurnRequest(
            next(),
            LEASE,
            List.of(new LaneTurn(lane, 0, List.of(), List.of(), reports, Set.of()))));
  }

  /** The first URL in flight is due again at once. */
  void retried() {
    turn(0, List.of(new Outcome.Retry(inFlight.removeFirst().retried(), Duration.ZERO)), List.of());
  }

  /** The lanes of the host may be spread. */
  void spreads() {
    LaneTurn turn = new LaneTurn(lane, 0, List.of(), List.of(), List.of(), Set.of(), true);
    store.turn(new TurnRequest(next(), LEASE, List.of(turn)));
  }

  void excluded(String reason) {
    Entry entry = inFlight.removeFirst();
    turn(0, List.of(new Outcome.Excluded(entry.fingerprint(), entry.url(), reason)), List.of());
  }

  /** Crawls all that is left. */
  void finish() {
    for (claim(1); !inFlight.isEmpty(); claim(1)) {
      crawled();
    }
  }

  private void turn(int claims, List<Outcome> outcomes, List<Link> links) {
    LaneTurn turn = new LaneTurn(lane, claims, outcomes, links, List.of(), Set.of());
    if (store.turn(new TurnRequest(next(), LEASE, List.of(turn))) instanceof Turned turned
        && turned.lanes().get(lane) instanceof Held held) {
      inFlight.addAll(held.claimed());
    }
  }

  private SessionRef next() {
    return new SessionRef(crawl, session, seq++);
  }
}
