package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireReply.Grant;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.AcquireReply.Wait;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.NextOffset;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.store.explore.Site.Result;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The consumer of a log and the only worker of a store, without faults until it is ended. */
final class LoneWorker {
  private static final Duration LEASE = Duration.ofMillis(500);
  private static final int PARTITION = 0;
  private static final String TOPIC = "topic";

  private final CrawlStore store;
  private final List<Command> log;
  private SessionRef session;
  private Optional<String> predecessor = Optional.empty();

  LoneWorker(CrawlStore store, List<Command> log) {
    this.store = store;
    this.log = List.copyOf(log);
    this.session = new SessionRef(new CrawlRef(Site.SEED, log.getFirst().crawlId()), id(), 0);
  }

  /** Goes on until the crawl of the last submission is done; takes some rounds at most. */
  void finish(int mostRounds) {
    for (int i = 0; !isDone(); i++) {
      assertTrue(i < mostRounds, "never ends");
      round();
    }
  }

  private boolean isDone() {
    consume();
    SeedState state = state();
    return state.status() == CrawlStatus.DONE && !state.waiting();
  }

  private SeedState state() {
    return Objects.requireNonNull(store.states(List.of(Site.SEED)).get(Site.SEED));
  }

  /** Notes and applies what the store does not know of the log. */
  void consume() {
    long stored =
        Optional.ofNullable(store.offsets().get(PARTITION)).map(NextOffset::offset).orElse(0L);
    List<NotedCommand> rest =
        IntStream.range(Math.toIntExact(stored), log.size()).mapToObj(this::record).toList();
    store.note(new NoteRequest(PARTITION, TOPIC, stored, Math.max(stored, log.size()), rest));
    store.noted(List.of(Site.SEED)).getOrDefault(Site.SEED, List.of()).forEach(store::apply);
    store.openWaiting(Site.SEED);
    state().former().forEach(mark -> store.removeFormer(Site.SEED, mark));
  }

  private NotedCommand record(int offset) {
    return new NotedCommand(new Position(TOPIC, PARTITION, offset), log.get(offset));
  }

  /** Fetches a page in each lane that it gets; waits for those that it does not get. */
  void round() {
    SeedState state = state();
    if (!session.crawl().equals(state.crawl())) {
      begin(state.crawl(), Optional.empty());
    }
    List<Lane> lanes = LaneModel.sorted(state.lanes());
    switch (store.acquire(new AcquireRequest(session, predecessor, LEASE, lanes))) {
      case AcquireReply.Refused _ -> begin(state.crawl(), Optional.of(session.id()));
      case AcquireReply.Acquired acquired -> {
        accepted();
        predecessor = Optional.empty();
        acquired.lanes().forEach(this::work);
      }
    }
  }

  private void begin(CrawlRef crawl, Optional<String> before) {
    session = new SessionRef(crawl, id(), 0);
    predecessor = before;
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private void accepted() {
    session = new SessionRef(session.crawl(), session.id(), session.seq() + 1);
  }

  private void work(Lane lane, Grant grant) {
    switch (grant) {
      case Granted _ -> turn(LaneTurn.claim(lane, 1)).forEach(entry -> fetch(lane, entry));
      case Wait wait -> LockSupport.parkNanos(wait.remaining().toNanos());
    }
  }

  private void fetch(Lane lane, Entry entry) {
    for (Result result : Site.fetch(session.crawl(), entry)) {
      List<Outcome> outcomes = result.outcome().stream().toList();
      turn(new LaneTurn(lane, 0, outcomes, result.links(), List.of(), Set.of()));
    }
  }

  /** What was claimed. */
  private List<Entry> turn(LaneTurn turn) {
    TurnRequest request = new TurnRequest(session, LEASE, List.of(turn));
    if (store.turn(request) instanceof Turned turned) {
      accepted();
      return turned.lanes().get(turn.lane()) instanceof Held held ? held.claimed() : List.of();
    }
    return List.of(); // the next acquire is refused too
  }
}
