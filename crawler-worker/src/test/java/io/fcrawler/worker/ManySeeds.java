package io.fcrawler.worker;

import io.fcrawler.command.Command;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.url.Fingerprinter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Crawls that are active in a store and paused, so that nothing is fetched. One in ten was begun by
 * a worker that is dead: it has several lanes, of which the first has a holder and a URL in flight.
 */
final class ManySeeds {
  private static final int BEGUN_ONE_IN = 10;
  private static final int LINKS = 12;
  private static final int THREADS = 16;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final CrawlOptions OPTIONS =
      new CrawlOptions(-1, -1, false, 0, 4, List.of(), List.of(), false);

  private final CrawlStore store;
  private final List<Seed> seeds;

  ManySeeds(CrawlStore store, int count) {
    this.store = store;
    this.seeds =
        IntStream.range(0, count)
            .mapToObj(i -> new Seed("127.1." + i / 250 + "." + (i % 250 + 1) + ":9"))
            .toList();
  }

  /** Gives the number of all lanes. */
  int begin() throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<? extends Future<?>> begun =
          IntStream.range(0, seeds.size())
              .mapToObj(i -> threads.submit(() -> begin(seeds.get(i), i % BEGUN_ONE_IN == 0)))
              .toList();
      for (Future<?> one : begun) {
        one.get();
      }
    }
    return store.states(seeds).values().stream().mapToInt(state -> state.lanes().size()).sum();
  }

  private void begin(Seed seed, boolean begun) {
    Instant now = Instant.now();
    CrawlRef crawl = new CrawlRef(seed, CrawlId.next(now, ThreadLocalRandom.current()));
    String url = "http://" + seed.id() + "/";
    Command.Open open =
        new Command.Open(seed, crawl.crawlId(), Optional.empty(), url, false, OPTIONS, now);
    store.apply(new NotedCommand(new Position("topic", 0, 0), open));
    if (begun) {
      workAndDie(crawl, Link.start(open));
    }
    store.apply(
        new NotedCommand(new Position("topic", 0, 1), new Command.Pause(seed, crawl.crawlId())));
    store.reactivate(seed);
  }

  private void workAndDie(CrawlRef crawl, Link start) {
    Fingerprinter fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < LINKS; i++) {
      String url = start.entry().url() + i;
      long fingerprint = fingerprinter.fingerprint(url);
      Entry entry = Entry.link(fingerprint, url, 1, start.entry().url());
      Lane lane = Lane.of(crawl.seed().host(), fingerprint, OPTIONS.connectionsPerHost());
      links.add(new Link(entry, lane, Optional.empty()));
    }
    Lane lane = start.lane();
    String id = "dead";
    store.acquire(
        new AcquireRequest(new SessionRef(crawl, id, 0), Optional.empty(), LEASE, List.of(lane)));
    LaneTurn turn = new LaneTurn(lane, 1, List.of(), links, List.of(), Set.of());
    store.turn(new TurnRequest(new SessionRef(crawl, id, 1), LEASE, List.of(turn)));
  }

  /** Of some seeds, those whose numbers do not add up. */
  long withoutCleanReceipt(int some) {
    return seeds.stream()
        .limit(some)
        .filter(seed -> !store.receipt(seed).map(Receipt::clean).orElse(false))
        .count();
  }
}
