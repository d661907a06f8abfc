package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.testing.web.Page;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.Truth;
import io.fcrawler.url.Fingerprinter;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.memory.MemoryBudget;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import io.fcrawler.worker.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A site without a network: pages with links, visited by lanes; counts the visits. */
final class TestingSite implements LaneWork {
  private final Map<String, Page> pages = new HashMap<>();
  private final Fingerprinter fingerprinter;
  private final int connections;

  /** URL to the number of its visits. */
  final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

  /** Visits under way, and the most that there were in any lane. */
  final Map<Lane, AtomicInteger> underWay = new ConcurrentHashMap<>();

  final AtomicInteger mostInALane = new AtomicInteger();
  final AtomicInteger interrupted = new AtomicInteger();

  /** Of which each visit holds a byte until it is settled or dropped. */
  final MemoryBudget memory = new MemoryBudget(new MemoryPlan(2000, 1000, 1, 1, 1));

  /** A page whose visits wait until the latch is open. */
  volatile Optional<CountDownLatch> gate = Optional.empty();

  volatile String gated = "";

  TestingSite(CrawlRef crawl, int connections) {
    this.fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
    this.connections = connections;
  }

  TestingSite page(String url, String... links) {
    pages.put(url, Page.html("", List.of(links)));
    return this;
  }

  /**
   * A tree: each page has {@code width} children, {@code depth} deep, and links back to the top.
   */
  TestingSite tree(String top, int width, int depth) {
    List<String> links = new ArrayList<>(List.of(top));
    for (int i = 0; i < width && depth > 0; i++) {
      String child = top + i + "/";
      links.add(child);
      tree(child, width, depth - 1);
    }
    return page(top, links.toArray(String[]::new));
  }

  /** What a crawl from a page must find. */
  Truth truth(String from) {
    return new Site(from, pages).truth();
  }

  @Override
  public void run(Lane lane, boolean takeover, Claims claims) throws InterruptedException {
    Optional<Claim> next = claims.next();
    while (next.isPresent()) {
      visit(lane, next.get().entry(), claims);
      next = claims.next();
    }
  }

  private void visit(Lane lane, Entry entry, Claims claims) throws InterruptedException {
    AtomicInteger here = underWay.computeIfAbsent(lane, any -> new AtomicInteger());
    mostInALane.accumulateAndGet(here.incrementAndGet(), Math::max);
    try {
      visits.computeIfAbsent(entry.url(), any -> new AtomicInteger()).incrementAndGet();
      if (gate.isPresent() && entry.url().equals(gated)) {
        gate.get().await();
      }
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    } finally {
      here.decrementAndGet();
    }
    Hold hold = memory.open();
    hold.growTo(1, Use.FEW);
    claims.settle(visitOf(entry).holding(hold));
  }

  private Visit visitOf(Entry entry) {
    Page page = pages.get(entry.url());
    if (page == null) {
      return Visit.of(
          new Outcome.Failed(
              entry.fingerprint(), entry.url(), "http_404", 404, 1, entry.referrer()));
    }
    List<Link> links = page.links().stream().distinct().map(url -> link(url, entry)).toList();
    return new Visit(
        new Outcome.Crawled(entry.fingerprint(), 10), links, Optional.empty(), Set.of());
  }

  private Link link(String url, Entry from) {
    long fingerprint = fingerprinter.fingerprint(url);
    return new Link(
        Entry.link(fingerprint, url, from.depth() + 1, from.url()),
        Lane.of(java.net.URI.create(url).getHost(), fingerprint, connections),
        Optional.empty());
  }

  int visitsOf(String url) {
    return Optional.ofNullable(visits.get(url)).map(AtomicInteger::get).orElse(0);
  }
}
