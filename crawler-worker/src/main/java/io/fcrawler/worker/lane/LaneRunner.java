package io.fcrawler.worker.lane;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.SeedState;
import io.fcrawler.worker.lane.Visitor.Visited;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.politeness.HostGate;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The loop of every lane of one crawl: an entry, its visit, its record, and the next. */
public final class LaneRunner implements LaneWork {
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
    CompletableFuture<Void> acknowledged = parts.output().put(visited.record().get());
    memory.finishWith(visit.bytes());
    CompletableFuture<Void> _ =
        acknowledged.whenComplete((_, failure) -> {
          if (failure == null) {
            claims.settle(visit);
          } else {
            memory.close();
            claims.fail(failure);
          }
        });
  }
}
