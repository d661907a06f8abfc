package io.fcrawler.worker.lane;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.lane.Visitor.Visited;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageOutput.Delivery;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.politeness.HostGate;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork;
import io.fcrawler.worker.session.Visit;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of every lane of one crawl: an entry, its visit, its record, and the next. */
public final class LaneRunner implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);

  private final LaneParts parts;
  private final CrawlParts crawl;

  public LaneRunner(LaneParts parts, SeedState crawl) {
    this.parts = parts;
    this.crawl = CrawlParts.of(crawl, parts.gates());
  }

  @Override
  public void run(Lane lane, boolean takeover, Claims claims) throws InterruptedException {
    HostGate gate = parts.gates().of(lane.host());
    if (takeover
        || crawl.crawl().options().maySpread()) { // in the latter case it may have been elsewhere
      gate.takenOver();
    }
    // A host whose lanes are spread is on several workers, but those of one number are all on this.
    HostGate laneGate = parts.gates().of(lane.name());
    LaneGates gates =
        new LaneGates(
            gate,
            laneGate,
            crawl.trouble(lane.host()),
            crawl.crawl().options().connectionsPerHost());
    Visitor visitor = new Visitor(parts, crawl, gates, claims);
    try {
      Optional<Claim> next = claims.next();
      while (next.isPresent()) {
        visit(visitor, next.get(), claims);
        next = claims.next();
      }
    } finally {
      parts.gates().used(lane.host(), gate);
      parts.gates().used(lane.name(), laneGate);
    }
  }

  @Override
  public void pause(String host, Duration left, Duration asked) {
    crawl.trouble(host).pause(left);
    parts.gates().pause(host, asked);
  }

  private void visit(Visitor visitor, Claim claim, Claims claims) throws InterruptedException {
    Hold memory = parts.memory().open();
    try {
      finish(visitor.visit(claim, memory), memory, claims);
    } catch (InterruptedException | RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** Settles a visit once its record is safe; the lane goes on meanwhile. */
  private void finish(Visited visited, Hold memory, Claims claims) throws InterruptedException {
    Visit visit = visited.visit().holding(memory);
    if (visited.record().isEmpty()) {
      memory.finishWith(visit.bytes());
      claims.settle(visit);
      return;
    }
    PageRecord record = visited.record().get();
    try {
      CompletableFuture<Delivery> delivery = parts.output().put(record);
      memory.finishWith(visit.bytes());
      CompletableFuture<Delivery> _ =
          delivery.whenComplete((delivered, failure) -> {
            if (failure == null) {
              boolean whole = delivered == Delivery.DELIVERED;
              claims.settle(whole ? visit : failed(visit, record, Reasons.RECORD_TOO_LARGE));
            } else {
              memory.close();
              claims.fail(failure);
            }
          });
    } catch (UncheckedIOException e) { // it would end the lane, and again
      LOG.error("the record of {} cannot be written", record.entry().url(), e);
      claims.settle(failed(visit, record, Reasons.UNPARSABLE));
    }
  }

  /** A visit to a page that has no record counts as failed; its links are followed all the same. */
  private static Visit failed(Visit visit, PageRecord record, String reason) {
    Entry entry = record.entry();
    return visit.failing(
        new Outcome.Failed(
            entry.fingerprint(),
            entry.url(),
            reason,
            record.outcome().status(),
            record.attempts(),
            entry.referrer()));
  }
}
