package io.fcrawler.worker.own;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.SeedState;
import io.fcrawler.worker.session.CrawlSession;
import io.fcrawler.worker.session.SessionEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** This worker's sessions, at most one for each seed. Thread-safe. */
final class Sessions {
  private final SessionFactory factory;
  private final Consumer<Seed> onEnd;
  private final Runnable onLanes;
  private final Map<Seed, CrawlSession> running = new HashMap<>();

  /** The sessions that were dropped last, whose lanes the next ones may take over at once. */
  private final Map<Seed, CrawlSession> dropped = new HashMap<>();

  /**
   * @param onLanes run whenever the lanes are others than before
   */
  Sessions(SessionFactory factory, Consumer<Seed> onEnd, Runnable onLanes) {
    this.factory = factory;
    this.onEnd = onEnd;
    this.onLanes = onLanes;
  }

  /** Has the lanes run, by a new session where there is none. */
  synchronized void run(SeedState state, List<Lane> lanes) {
    Seed seed = state.crawl().seed();
    CrawlSession session = running.get(seed);
    if (session == null && lanes.isEmpty()) {
      return;
    } else if (session == null) {
      session = factory.create(state, predecessor(state));
      session.want(lanes);
      running.put(seed, session);
      begin(seed, session);
    } else if (session.crawl().equals(state.crawl())) {
      session.hear(state);
      session.want(lanes);
    } else {
      session.drop("another crawl is current");
    }
  }

  private Optional<String> predecessor(SeedState state) {
    CrawlSession former = dropped.remove(state.crawl().seed());
    return Optional.ofNullable(former)
        .filter(session -> session.crawl().equals(state.crawl()))
        .map(CrawlSession::id);
  }

  private void begin(Seed seed, CrawlSession session) {
    session.onEnd(end -> {
      remove(seed, session, end);
      onLanes.run();
      onEnd.accept(seed);
    });
    session.onLanes(onLanes);
    session.start();
  }

  private synchronized void remove(Seed seed, CrawlSession session, SessionEnd end) {
    running.remove(seed, session);
    if (end == SessionEnd.DROPPED) {
      dropped.put(seed, session);
    }
  }

  synchronized Optional<CrawlSession> of(Seed seed) {
    return Optional.ofNullable(running.get(seed));
  }

  synchronized List<CrawlSession> all() {
    return List.copyOf(running.values());
  }
}
