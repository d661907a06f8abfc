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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Visits the entries of one lane, one after another. */
final class Visitor {
  private static final Logger LOG = LoggerFactory.getLogger(Visitor.class);

  private static final int MOST_COMPARISONS = 10_000_000;

  private static final String ROBOTS_UNREACHABLE = "robots_unreachable";
  private static final String HOST_UNREACHABLE = "host_unreachable";
  private static final String NO_TARGET = "redirect_without_target";

  private final LaneParts parts;
  private final SeedState crawl;
  private final CrawlParts shared;
  private final LaneGates gates;
  private final Requests requests;
  private final Claims claims;

  /** Of the entry that is being visited. */
  private Hold memory = Hold.unbounded();

  Visitor(LaneParts parts, CrawlParts shared, LaneGates gates, Claims claims) {
    this.parts = parts;
    this.crawl = shared.crawl();
    this.shared = shared;
    this.gates = gates;
    this.requests = new Requests(parts, shared, gates, claims);
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
    if (claim.host() != HostStanding.WELL) {
      gates.trouble().troubled();
    }
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
      return new Visited(later.reporting(asked(e)), Optional.empty());
    }
  }

  /** What a host asked for of another crawl is for this one too. */
  private Optional<HostReport> asked(HostPausedException e) {
    return e.asked().isZero()
        ? Optional.empty()
        : Optional.of(new HostReport.Troubled(e.reason(), false, e.asked()));
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
        .rules(url, shared.sinceBegun(), robots -> requests.robots(robots, url, delay, memory))) {
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

  /**
   * robots.txt cannot be had: its host fails, or is not to be asked; or else something that says
   * nothing of this host, as a broken file, or the host that it was redirected to.
   */
  private Visited robotsAway(Entry entry, CrawlUrl url, FetchOutcome cause) {
    boolean here = cause.url().host().equals(url.host());
    return switch (cause) {
      case Rejected rejected when isForGood(rejected, here) ->
          failed(entry, url, rejected.reason(), rejected);
      case Deferred deferred when here -> {
        String reason = deferred.status() == 0 ? deferred.reason() : ROBOTS_UNREACHABLE;
        yield deferred(entry, url, reason, deferred)
            .reporting(HostReports.of(gates, entry, deferred, reason));
      }
      default -> deferred(entry, url, ROBOTS_UNREACHABLE, robotsUnreachable(url, cause));
    };
  }

  private static boolean isForGood(Rejected rejected, boolean here) {
    boolean unconnected = rejected.unconnectable() || rejected.reason().equals(Reasons.DNS);
    return (here && unconnected) || Reasons.isNotAllowed(rejected.reason());
  }

  private static Deferred robotsUnreachable(CrawlUrl url, FetchOutcome cause) {
    return new Deferred(
        url,
        ROBOTS_UNREACHABLE,
        cause.status(),
        Optional.empty(),
        false,
        false,
        cause.elapsed(),
        cause.at());
  }

  // Fetching.

  private Visited fetch(Entry entry, CrawlUrl url, RobotsRules rules) throws InterruptedException {
    Duration asked = Duration.ofMillis(crawl.options().delayMs());
    Duration delay = rules.crawlDelay().filter(least -> least.compareTo(asked) > 0).orElse(asked);
    FetchOutcome outcome = requests.page(url, delay, memory);
    if (Requests.isUntaken(outcome) && parts.retries().again(entry.retries())) {
      return fetch(entry.retried(), url, rules);
    }
    Predicate<CrawlUrl> robots = robots(RobotsCache.site(url), rules);
    String reason = outcome instanceof Deferred deferred ? deferred.reason() : "";
    Optional<HostReport> report = HostReports.of(gates, entry, outcome, reason);
    return understood(entry, url, outcome, robots).reporting(report);
  }

  /**
   * Whether the rules of a site allow a link, and any of another site. Beyond many comparisons no
   * more links are asked for: each is once more when it is visited.
   */
  private static Predicate<CrawlUrl> robots(String site, RobotsRules rules) {
    AtomicInteger left = new AtomicInteger(MOST_COMPARISONS / (1 + rules.anywhere()));
    return link ->
        !RobotsCache.site(link).equals(site) || left.decrementAndGet() < 0 || rules.allowed(link);
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
