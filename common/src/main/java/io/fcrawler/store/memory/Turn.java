package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.HostPaused;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Failure;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.HostReport.Well;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.Outcome.Crawled;
import io.fcrawler.store.Outcome.Excluded;
import io.fcrawler.store.Outcome.Failed;
import io.fcrawler.store.Outcome.Retry;
import io.fcrawler.store.Outcome.Withdrawn;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Lost;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnReply.Verdict;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One accepted call of {@code turn}: settles all lanes that are held, then claims for them. */
final class Turn {
  private final CrawlState crawl;
  private final TurnRequest request;
  private final Instant now;
  private final Set<Lane> held;
  private final List<Announcement> news;

  /**
   * @param news takes what is to be announced: the lanes whose queue was empty and has entries now,
   *     and that this call does not run, and the pauses of hosts that are spread
   */
  Turn(CrawlState crawl, TurnRequest request, Instant now, List<Announcement> news) {
    this.crawl = crawl;
    this.request = request;
    this.now = now;
    this.news = news;
    this.held =
        request.lanes().stream()
            .map(LaneTurn::lane)
            .filter(lane -> crawl.isHeld(lane, request.session().id()))
            .collect(Collectors.toSet());
  }

  TurnReply run() {
    List<LaneTurn> turns =
        request.lanes().stream().filter(turn -> held.contains(turn.lane())).toList();
    turns.forEach(this::settle);
    crawl.conclude(now);
    Map<Lane, Verdict> verdicts = new LinkedHashMap<>();
    request.lanes().forEach(turn -> verdicts.put(turn.lane(), new Lost()));
    turns.forEach(turn -> verdicts.put(turn.lane(), claim(turn)));
    return new Turned(crawl.status(), verdicts, crawl.joined());
  }

  private void settle(LaneTurn turn) {
    LaneState lane = crawl.lane(turn.lane());
    lane.hold(request.session().id(), now.plus(request.lease()));
    turn.outcomes().forEach(outcome -> settle(lane, outcome));
    turn.links().forEach(this::find);
    crawl.join(turn.joins());
    if (turn.spreads()) {
      crawl.spread(turn.lane().host());
    }
    turn.host().forEach(report -> report(turn.lane().host(), report));
  }

  private void report(String host, HostReport report) {
    HostRecord before = crawl.host(host);
    switch (report) {
      case Well _ -> crawl.remember(host, before.answered(), now);
      case Troubled troubled -> {
        HostRecord after = before.failed(troubled, now, request.patience());
        crawl.remember(host, after, now);
        if (after.isLater(before, now) && crawl.spread().contains(host)) {
          news.add(new HostPaused(seed(), host, after.pause(now), after.asked(now)));
        }
      }
    }
  }

  private Seed seed() {
    return request.session().crawl().seed();
  }

  private void settle(LaneState lane, Outcome outcome) {
    if (lane.settle(outcome.fingerprint()).isEmpty()) {
      return;
    }
    switch (outcome) {
      case Crawled crawled -> crawl.ledger().crawled(crawled.bytes());
      case Failed failed -> crawl.ledger().failed(failure(failed));
      case Excluded excluded -> crawl.ledger().exclude(excluded.url(), excluded.reason());
      case Retry retry -> lane.delay(retry.next(), now.plus(retry.delay()));
      case Withdrawn withdrawn -> crawl.ledger().withdraw(withdrawn.fingerprint());
    }
  }

  private Failure failure(Failed failed) {
    return new Failure(
        failed.url(),
        failed.reason(),
        failed.httpStatus(),
        failed.attempts(),
        failed.referrer(),
        now);
  }

  private void find(Link link) {
    boolean first = crawl.find(link);
    if (first && !held.contains(link.lane())) {
      news.add(new LaneReady(seed(), link.lane()));
    }
  }

  private Held claim(LaneTurn turn) {
    if (crawl.status() != CrawlStatus.CRAWLING) {
      return new Held(List.of(), Optional.empty());
    }
    HostRecord host = crawl.host(turn.lane().host());
    Duration pause = host.pause(now);
    if (pause.isPositive()) {
      Optional<Duration> due = Optional.of(pause).filter(_ -> turn.claims() > 0);
      return new Held(List.of(), due, host.standing(), pause, host.asked(now));
    }
    LaneState lane = crawl.lane(turn.lane());
    boolean troubled = host.standing() == HostStanding.TROUBLED;
    boolean backedOff = troubled && host.failures() >= request.patience().failures();
    int count = backedOff ? Math.min(1, turn.claims()) : turn.claims();
    List<Entry> claimed = lane.claim(count, now, troubled);
    Optional<Duration> nextDue =
        lane.nextDue().filter(_ -> claimed.size() < count).map(due -> Duration.between(now, due));
    return new Held(claimed, nextDue, host.standing(), Duration.ZERO, host.asked(now));
  }
}
