package io.fcrawler.worker.lane;

import io.fcrawler.seed.Scope;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.parse.ParsedPage;
import io.fcrawler.worker.politeness.HostGate;
import io.fcrawler.worker.politeness.HostPausedException;
import io.fcrawler.worker.robots.RobotsAnswer;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsRules;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork.Claims;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Visits the entries of one lane, one after another. */
final class Visitor {
  private static final Logger LOG = LoggerFactory.getLogger(Visitor.class);

  /** Longer than any that is configured. */
  private static final Duration FETCH_LIMIT = Duration.ofHours(1);

  private static final String ROBOTS_UNREACHABLE = "robots_unreachable";
  private static final String HOST_UNREACHABLE = "host_unreachable";
  private static final String NO_TARGET = "redirect_without_target";

  private final LaneParts parts;
  private final SeedState crawl;
  private final CrawlParts shared;
  private final LaneGates gates;
  private final Claims claims;

  /** Of the entry that is being visited. */
  private Hold memory = Hold.unbounded();

  Visitor(LaneParts parts, CrawlParts shared, LaneGates gates, Claims claims) {
    this.parts = parts;
    this.crawl = shared.crawl();
    this.shared = shared;
    this.gates = gates;
    this.claims = claims;
  }

  /** What came of an entry, and the record of its page, which goes out first. */
  record Visited(Visit visit, Optional<PageRecord> record) {
    Visited spreading() {
      return new Visited(visit.spreading(), record);
    }

    Visited reporting(Optional<HostReport> report) {
      return new Visited(visit.reporting(report), record);
    }
  }

  /** Visits an entry; what it keeps in memory is held by {@code hold}, which stays open. */
  Visited visit(Claim claim, Hold hold) throws InterruptedException {
    memory = hold;
    Entry entry = claim.entry();
    CrawlUrl url = CrawlUrl.ofNormal(entry.url());
    shared.reports().hear(url.host(), claim.host());
    Visited visited =
        claim.host() == HostStanding.GIVEN_UP ? givenUp(entry, url) : visitUnlessPaused(entry, url);
    parts.metrics().visited(visited.visit().outcome());
    return visited;
  }

  /**
   * A host that is to be left alone gets its URL when its time has come: a lane holds on to none.
   */
  private Visited visitUnlessPaused(Entry entry, CrawlUrl url) throws InterruptedException {
    try {
      return visit(entry, url);
    } catch (HostPausedException e) {
      Visit later = Visit.of(new Outcome.Retry(entry, e.left()));
      HostReport report = new HostReport.Troubled(e.reason(), false, e.asked());
      return new Visited(later.reporting(Optional.of(report)), Optional.empty());
    }
  }

  private Visited givenUp(Entry entry, CrawlUrl url) {
    FetchOutcome none = new Rejected(url, HOST_UNREACHABLE, 0, false, Duration.ZERO, Instant.now());
    return failed(entry, HOST_UNREACHABLE, none, entry.retries());
  }

  private Visited visit(Entry entry, CrawlUrl url) throws InterruptedException {
    if (crawl.options().ignoreRobots()) {
      return visit(entry, url, RobotsRules.ALLOW_ALL);
    }
    Duration delay = Duration.ofMillis(crawl.options().delayMs());
    return switch (parts
        .robots()
        .rules(url, shared.sinceBegun(), robots -> fetchRobots(robots, delay))) {
      case RobotsAnswer.Unreachable unreachable -> robotsAway(entry, url, unreachable.cause());
      case RobotsAnswer.Known known -> visit(entry, url, known.rules());
    };
  }

  private Visited visit(Entry entry, CrawlUrl url, RobotsRules rules) throws InterruptedException {
    Visited visited =
        rules.allowed(url)
            ? fetch(entry, url, rules)
            : new Visited(Visit.of(excluded(entry, Exclusion.ROBOTS)), Optional.empty());
    if (rules.crawlDelay().isPresent()) {
      shared.paced().add(url.host());
    }
    boolean spreads = crawl.options().maySpread() && !shared.paced().contains(url.host());
    return spreads ? visited.spreading() : visited;
  }

  private static Outcome excluded(Entry entry, String reason) {
    return new Outcome.Excluded(entry.fingerprint(), entry.url(), reason);
  }

  private Visited robotsAway(Entry entry, CrawlUrl url, FetchOutcome cause) {
    return switch (cause) {
      case Rejected rejected -> failed(entry, url, rejected.reason(), rejected);
      case Deferred deferred -> {
        String reason = deferred.status() == 0 ? deferred.reason() : ROBOTS_UNREACHABLE;
        yield deferred(entry, url, reason, deferred)
            .reporting(shared.reports().of(gates, url, entry, deferred, reason));
      }
      case Fetched fetched -> failed(entry, url, ROBOTS_UNREACHABLE, fetched);
      case Redirected redirected -> failed(entry, url, ROBOTS_UNREACHABLE, redirected);
    };
  }

  // Fetching.

  private Visited fetch(Entry entry, CrawlUrl url, RobotsRules rules) throws InterruptedException {
    Duration asked = Duration.ofMillis(crawl.options().delayMs());
    Duration delay = rules.crawlDelay().filter(least -> least.compareTo(asked) > 0).orElse(asked);
    FetchOutcome outcome = fetch(url, delay);
    if (isUntaken(outcome) && parts.retries().again(entry.retries())) {
      return fetch(entry.retried(), url, rules);
    }
    Predicate<CrawlUrl> robots =
        link -> !RobotsCache.site(link).equals(RobotsCache.site(url)) || rules.allowed(link);
    String reason = outcome instanceof Deferred deferred ? deferred.reason() : "";
    Optional<HostReport> report = shared.reports().of(gates, url, entry, outcome, reason);
    return understood(entry, url, outcome, robots).reporting(report);
  }

  /** What came of an answer; one that this program cannot bear is given up. */
  private Visited understood(
      Entry entry, CrawlUrl url, FetchOutcome outcome, Predicate<CrawlUrl> robots)
      throws InterruptedException {
    try {
      return answered(entry, url, outcome, robots);
    } catch (RuntimeException | StackOverflowError e) { // it would end the lane, and again
      // Not its message, in which the page may speak.
      LOG.error("{} made {} at {}", url.value(), e.getClass().getName(), place(e));
      return failed(entry, url, Reasons.UNPARSABLE, outcome);
    }
  }

  private static String place(Throwable e) {
    return e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
  }

  private Visited answered(
      Entry entry, CrawlUrl url, FetchOutcome outcome, Predicate<CrawlUrl> robots)
      throws InterruptedException {
    return switch (outcome) {
      case Fetched fetched -> page(entry, fetched, robots);
      case Redirected redirected -> redirect(entry, redirected, robots);
      case Rejected rejected -> failed(entry, url, rejected.reason(), rejected);
      case Deferred deferred -> deferred(entry, url, deferred.reason(), deferred);
    };
  }

  private FetchOutcome fetchRobots(CrawlUrl url, Duration delay) throws InterruptedException {
    FetchOutcome outcome = fetch(url, delay);
    return isUntaken(outcome) ? fetch(url, delay) : outcome;
  }

  private static boolean isUntaken(FetchOutcome outcome) {
    return outcome instanceof Deferred deferred && deferred.untaken();
  }

  private FetchOutcome fetch(CrawlUrl url, Duration delay) throws InterruptedException {
    FetchOutcome outcome = send(url, delay);
    return memory.isLacking() ? send(url, delay) : outcome;
  }

  /** Sends a request when the host's turn has come, and only within the lane's lease. */
  private FetchOutcome send(CrawlUrl url, Duration delay) throws InterruptedException {
    memory.release(); // whoever has the host's turn may wait for it
    try (HostGate.Pass _ = gates.enterLane();
        HostGate.Pass pass = gates.enterHost(delay)) {
      if (claims.leaseLeft().isNegative()) {
        throw new InterruptedException("the lane's lease is over");
      }
      parts.metrics().fetching();
      try {
        FetchOutcome outcome = parts.fetcher().fetch(url, FETCH_LIMIT, memory, pass::started);
        parts.metrics().fetched(outcome);
        return outcome;
      } finally {
        parts.metrics().fetchOver();
      }
    }
  }

  // What came of it.

  private Visited page(Entry entry, Fetched fetched, Predicate<CrawlUrl> robots)
      throws InterruptedException {
    ParsedPage parsed = parts.parsing().parse(fetched, memory);
    boolean none = parsed.nofollow() && !crawl.options().ignoreRobots();
    Set<CrawlUrl> kept = crawl.options().respectNofollow() ? parsed.nofollowLinks() : Set.of();
    Scope scope = scope();
    List<Link> links = new ArrayList<>();
    for (CrawlUrl url : parsed.links()) {
      if (scope.contains(url)) {
        links.add(shared.policy().link(url, entry, none || kept.contains(url), robots));
      }
    }
    Outcome outcome = new Outcome.Crawled(entry.fingerprint(), fetched.bytesReceived());
    return new Visited(
        new Visit(outcome, links, Optional.empty(), Set.of()),
        Optional.of(PageRecord.page(crawl.crawl(), entry, fetched, parsed)));
  }

  private Visited redirect(Entry entry, Redirected redirected, Predicate<CrawlUrl> robots) {
    Optional<CrawlUrl> target =
        redirected.location().flatMap(to -> LinkResolver.resolve(redirected.url(), to));
    if (target.isEmpty()) {
      return failed(entry, redirected.url(), NO_TARGET, redirected);
    }
    Scope scope = scope();
    boolean joins = entry.start() && !scope.contains(target.get()) && scope.mayJoin(target.get());
    List<Link> links =
        joins || scope.contains(target.get())
            ? List.of(shared.policy().redirect(target.get(), entry, robots))
            : List.of();
    return new Visited(
        new Visit(
            new Outcome.Crawled(entry.fingerprint(), 0),
            links,
            Optional.empty(),
            joins ? Set.of(target.get().authority()) : Set.of()),
        Optional.of(PageRecord.redirect(crawl.crawl(), entry, redirected, target.get())));
  }

  private Scope scope() {
    return new Scope(crawl.crawl().seed(), crawl.options().includeSubdomains(), claims.joined());
  }

  private Visited deferred(Entry entry, CrawlUrl url, String reason, Deferred deferred) {
    if (entry.tryHttp() && deferred.unconnectable()) {
      return byHttp(entry, url);
    }
    if (!parts.retries().again(entry.retries())) {
      return failed(entry, url, reason, deferred);
    }
    Duration backOff = parts.retries().delay(entry.retries(), ThreadLocalRandom.current());
    Duration delay =
        deferred.retryAfter().filter(asked -> asked.compareTo(backOff) > 0).orElse(backOff);
    return new Visited(Visit.of(new Outcome.Retry(entry.retried(), delay)), Optional.empty());
  }

  private Visited failed(Entry entry, CrawlUrl url, String reason, FetchOutcome outcome) {
    if (entry.tryHttp() && outcome instanceof Rejected rejected && rejected.unconnectable()) {
      return byHttp(entry, url);
    }
    return failed(entry, reason, outcome, entry.retries() + 1);
  }

  private Visited failed(Entry entry, String reason, FetchOutcome outcome, int attempts) {
    Outcome.Failed failed =
        new Outcome.Failed(
            entry.fingerprint(), entry.url(), reason, outcome.status(), attempts, entry.referrer());
    return new Visited(
        Visit.of(failed), Optional.of(PageRecord.failure(crawl.crawl(), entry, failed, outcome)));
  }

  /** The site has no https: its http form takes the place of the start page. */
  private Visited byHttp(Entry entry, CrawlUrl url) {
    CrawlUrl http = CrawlUrl.parse("http" + url.value().substring("https".length())).orElseThrow();
    return new Visited(
        new Visit(
            new Outcome.Withdrawn(entry.fingerprint()),
            List.of(shared.policy().start(http)),
            Optional.empty(),
            Set.of()),
        Optional.empty());
  }
}
