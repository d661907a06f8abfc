package io.fcrawler.worker.lane;

import io.fcrawler.store.Entry;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.Cookies;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.link.SpelledUrl;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.politeness.HostPausedException;
import io.fcrawler.worker.robots.RobotsAnswer;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsRules;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork.Claims;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Visits the entries of one lane, one after another. */
final class Visitor {
  private static final int MOST_COMPARISONS = 10_000_000;

  private static final String ROBOTS_UNREACHABLE = "robots_unreachable";
  private static final String HOST_UNREACHABLE = "host_unreachable";

  private final LaneParts parts;
  private final SeedState crawl;
  private final CrawlParts shared;
  private final LaneGates gates;
  private final Requests requests;
  private final Claims claims;
  private final Conclusions conclusions;

  /** Of the entry that is being visited. */
  private Hold memory = Hold.unbounded();

  Visitor(LaneParts parts, CrawlParts shared, LaneGates gates, Claims claims) {
    this.parts = parts;
    this.crawl = shared.crawl();
    this.shared = shared;
    this.gates = gates;
    this.requests = new Requests(parts, shared, gates, claims);
    this.claims = claims;
    this.conclusions = new Conclusions(parts, shared, claims);
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
    return conclusions.failed(entry, HOST_UNREACHABLE, none, entry.retries());
  }

  private Visited visit(Entry entry, CrawlUrl url) throws InterruptedException {
    if (crawl.options().ignoreRobots()) {
      return visit(entry, url, RobotsRules.ALLOW_ALL);
    }
    Duration delay = Duration.ofMillis(crawl.options().delayMs());
    return switch (parts
        .robots()
        .rules(
            url,
            shared.sinceBegun(),
            requests(entry, url).robots(url, cookies(url), delay, memory))) {
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
          conclusions.failed(entry, url, rejected.reason(), rejected);
      case Deferred deferred when here -> {
        String reason = deferred.status() == 0 ? deferred.reason() : ROBOTS_UNREACHABLE;
        yield conclusions
            .deferred(entry, url, reason, deferred)
            .reporting(HostReports.of(gates, entry, deferred, reason));
      }
      default ->
          conclusions.deferred(entry, url, ROBOTS_UNREACHABLE, robotsUnreachable(url, cause));
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
    Optional<FetchOutcome> spare = parts.spare().take(crawl.crawl(), url);
    Duration delay = delay(rules);
    Cookies cookies = cookies(url);
    // The page of the other scheme is only for its own robots.txt to allow.
    Requests asking = crawl.options().ignoreRobots() ? requests(entry, url) : requests;
    Predicate<CrawlUrl> robots = robots(RobotsCache.site(url), rules);
    RedirectChain chain =
        new RedirectChain(
            url,
            cookies,
            to -> asking.hop(to, cookies, delay, memory),
            to -> conclusions.mayFollow(entry, to, robots));
    FetchOutcome first =
        spare.isPresent() ? spare.get() : asking.page(SpelledUrl.of(url), cookies, delay, memory);
    if (Requests.isUntaken(first) && parts.retries().again(entry.retries())) {
      return fetch(entry.retried(), url, rules);
    }
    RedirectChain.Answered answered = chain.follow(first);
    answered.aside().forEach(this::keep);
    FetchOutcome last = answered.last();
    String reason = last instanceof Deferred deferred ? deferred.reason() : "";
    Optional<HostReport> report = HostReports.of(gates, entry, last, reason);
    return conclusions.of(entry, url, answered.answer(), robots, memory).reporting(report);
  }

  /** The requests for an entry: by two schemes beside one another where that is open. */
  private Requests requests(Entry entry, CrawlUrl url) {
    if (!entry.tryHttp()) {
      return requests;
    }
    SchemeRace race = SchemeRace.of(parts.fetcher(), url, this::keep);
    return new Requests(parts.with(race), shared, gates, claims);
  }

  private void keep(FetchOutcome answer) {
    boolean cut = answer instanceof Fetched fetched && fetched.truncated();
    if (!cut) {
      parts.spare().put(crawl.crawl(), answer);
    }
  }

  private Cookies cookies(CrawlUrl url) {
    return parts.cookies().of(crawl.crawl().crawlId().value(), url.host());
  }

  private Duration delay(RobotsRules rules) {
    Duration asked = Duration.ofMillis(crawl.options().delayMs());
    return rules.crawlDelay().filter(least -> least.compareTo(asked) > 0).orElse(asked);
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
}
