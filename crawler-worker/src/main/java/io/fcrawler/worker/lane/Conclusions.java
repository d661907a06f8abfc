package io.fcrawler.worker.lane;

import io.fcrawler.seed.Scope;
import io.fcrawler.store.Entry;
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
import io.fcrawler.worker.lane.Visitor.Visited;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.parse.ParsedPage;
import io.fcrawler.worker.session.LaneWork.Claims;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer means for its entry: what is settled, with which links, and its record. */
final class Conclusions {
  private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);

  private static final String NO_TARGET = "redirect_without_target";

  private final LaneParts parts;
  private final CrawlParts shared;
  private final SeedState state;
  private final Claims claims;

  Conclusions(LaneParts parts, CrawlParts shared, Claims claims) {
    this.parts = parts;
    this.shared = shared;
    this.state = shared.crawl();
    this.claims = claims;
  }

  /** What came of an answer; one that this program cannot bear is given up. */
  Visited of(
      Entry entry, CrawlUrl url, FetchOutcome outcome, Predicate<CrawlUrl> robots, Hold memory)
      throws InterruptedException {
    try {
      return answered(entry, url, outcome, robots, memory);
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
      Entry entry, CrawlUrl url, FetchOutcome outcome, Predicate<CrawlUrl> robots, Hold memory)
      throws InterruptedException {
    return switch (outcome) {
      case Fetched fetched -> page(entry, fetched, robots, memory);
      case Redirected redirected -> redirect(entry, redirected, robots);
      case Rejected rejected -> failed(entry, url, rejected.reason(), rejected);
      case Deferred deferred -> deferred(entry, url, deferred.reason(), deferred);
    };
  }

  private Visited page(Entry entry, Fetched fetched, Predicate<CrawlUrl> robots, Hold memory)
      throws InterruptedException {
    ParsedPage parsed = parts.parsing().parse(fetched, memory);
    boolean none = parsed.nofollow() && !state.options().ignoreRobots();
    Set<CrawlUrl> kept = state.options().respectNofollow() ? parsed.nofollowLinks() : Set.of();
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
        Optional.of(PageRecord.page(state.crawl(), entry, fetched, parsed)));
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
        Optional.of(PageRecord.redirect(state.crawl(), entry, redirected, target.get())));
  }

  /** Whether a redirect may be followed at once, as far as the crawl's own limits go. */
  boolean mayFollow(Entry entry, CrawlUrl target, Predicate<CrawlUrl> robots) {
    return scope().contains(target)
        && shared.policy().redirect(target, entry, robots).exclusion().isEmpty();
  }

  private Scope scope() {
    return new Scope(state.crawl().seed(), state.options().includeSubdomains(), claims.joined());
  }

  /** A failure that may pass. */
  Visited deferred(Entry entry, CrawlUrl url, String reason, Deferred deferred) {
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

  /** A failure for good. */
  Visited failed(Entry entry, CrawlUrl url, String reason, FetchOutcome outcome) {
    if (entry.tryHttp() && outcome instanceof Rejected rejected && rejected.unconnectable()) {
      return byHttp(entry, url);
    }
    return failed(entry, reason, outcome, entry.retries() + 1);
  }

  /** A failure after so many requests. */
  Visited failed(Entry entry, String reason, FetchOutcome outcome, int attempts) {
    Outcome.Failed failed =
        new Outcome.Failed(
            entry.fingerprint(), entry.url(), reason, outcome.status(), attempts, entry.referrer());
    return new Visited(
        Visit.of(failed), Optional.of(PageRecord.failure(state.crawl(), entry, failed, outcome)));
  }

  /** The site has no https: its http form takes the place of the start page. */
  private Visited byHttp(Entry entry, CrawlUrl url) {
    return new Visited(
        new Visit(
            new Outcome.Withdrawn(entry.fingerprint()),
            List.of(shared.policy().start(SchemeRace.http(url))),
            Optional.empty(),
            Set.of()),
        Optional.empty());
  }
}
