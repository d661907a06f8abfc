package io.fcrawler.jmh;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.Outcome.Crawled;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.url.Fingerprinter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A crawl of one lane whose turns are all alike. Each settles what the last one claimed; as many
 * new pages are found as are claimed, so that the queue keeps its length. Not thread-safe.
 */
final class EndlessCrawl {
  /** Pages that a turn settles, and that it claims. */
  static final int BATCH = 16;

  /** Pages known before the first turn, besides the start page. */
  static final int KNOWN = 20_000;

  static final Seed SEED = new Seed("www.example.com");

  private static final String START = "https://" + SEED + "/";
  private static final Duration LEASE = Duration.ofHours(1);
  private static final long PAGE_BYTES = 12 << 10;

  private final CrawlStore store;
  private final Lane lane = new Lane(SEED.host(), 0);
  private final CrawlRef crawl =
      new CrawlRef(SEED, CrawlId.next(Instant.EPOCH, new Random(20_261_120)));
  private final Fingerprinter fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
  private final int linksOfPage;
  private final Cycle<Link> seen;
  private long seq;
  private int pages = KNOWN;
  private List<Entry> inFlight = List.of();

  /**
   * Opens the crawl in a store that has none, and adds the known pages.
   *
   * @param linksOfPage at least 1: one is new, the others were seen
   */
  EndlessCrawl(CrawlStore store, int linksOfPage) {
    this.store = store;
    this.linksOfPage = linksOfPage;
    List<Link> known = new ArrayList<>(IntStream.range(0, KNOWN).mapToObj(this::link).toList());
    open();
    for (int from = 0; from < KNOWN; from += TurnRequest.MAX_LINKS) {
      turn(0, List.of(), known.subList(from, Math.min(KNOWN, from + TurnRequest.MAX_LINKS)));
    }
    inFlight = turn(BATCH, List.of(), List.of());
    Collections.shuffle(known, new Random(20_261_120));
    seen = new Cycle<>(known);
  }

  private void open() {
    Instant now = Instant.now();
    Open open =
        new Open(SEED, crawl.crawlId(), Optional.empty(), START, false, CrawlOptions.DEFAULT, now);
    store.apply(new NotedCommand(new Position("topic", 0, 0), open));
    store.acquire(new AcquireRequest(session(), Optional.empty(), LEASE, List.of(lane)));
  }

  private SessionRef session() {
    return new SessionRef(crawl, "session", seq++);
  }

  /** Settles what is in flight, and gives what is in flight now. */
  List<Entry> turn() {
    List<Outcome> outcomes = new ArrayList<>(BATCH);
    List<Link> links = new ArrayList<>(BATCH * linksOfPage);
    for (Entry entry : inFlight) {
      outcomes.add(new Crawled(entry.fingerprint(), PAGE_BYTES));
      links.add(link(pages++));
      for (int i = 1; i < linksOfPage; i++) {
        links.add(seen.next());
      }
    }
    inFlight = turn(BATCH, outcomes, links);
    return inFlight;
  }

  private List<Entry> turn(int claims, List<Outcome> outcomes, List<Link> links) {
    LaneTurn turn = new LaneTurn(lane, claims, outcomes, links, List.of(), Set.of());
    TurnReply reply = store.turn(new TurnRequest(session(), LEASE, List.of(turn)));
    if (reply instanceof Turned turned
        && turned.lanes().get(lane) instanceof Held held
        && held.claimed().size() == claims) {
      return held.claimed();
    }
    throw new IllegalStateException("a turn that claims " + claims + " was answered by " + reply);
  }

  private Link link(int page) {
    String url = START + page % 31 + "/" + page % 499 + "/page-" + page + ".html";
    Entry entry = Entry.link(fingerprinter.fingerprint(url), url, 1, START);
    return new Link(entry, lane, Optional.empty());
  }
}
