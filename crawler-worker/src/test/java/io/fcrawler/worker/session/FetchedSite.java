package io.fcrawler.worker.session;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.HostPatience;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.lane.LaneParts;
import io.fcrawler.worker.lane.LaneRunner;
import io.fcrawler.worker.lane.Retries;
import io.fcrawler.worker.lane.TestingParts;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A site without a network that a worker's real lanes crawl, on the store in memory, by one session
 * after another until the crawl is done. Counts its requests. Leases outlast any test, unless they
 * are let end.
 */
final class FetchedSite implements AutoCloseable {
  static final String TOP = "https://site.example/";
  static final Seed SEED = new Seed("site.example");
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Map<String, String> pages = new HashMap<>();
  private final Set<String> lacked = ConcurrentHashMap.newKeySet();
  private final AtomicLong aheadNs = new AtomicLong();
  private final AtomicInteger sessionsLost = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final int lanes;
  private final Retries retries;
  private volatile String held = "";
  private volatile String poisonous = "";
  private volatile boolean memoryIsShort;
  private volatile boolean closed;

  /** URL to the number of its requests. */
  final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  final MemoryCrawlStore memory =
      new MemoryCrawlStore(() -> Instant.now().plusNanos(aheadNs.get()));
  final FaultyStore faulty = new FaultyStore(memory);
  private volatile Optional<CrawlSession> session = Optional.empty();
  private volatile Supplier<Optional<String>> fault = Optional::empty;

  FetchedSite(int lanes, int retries) {
    this.lanes = lanes;
    this.retries = new Retries(retries, Duration.ofMillis(1));
  }

  /** Text of letters that no compression makes much smaller. */
  static String incompressible(int length) {
    Random random = new Random(length);
    return random
        .ints(length, 0, 62)
        .mapToObj(i ->
            Character.toString(
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".charAt(i)))
        .collect(Collectors.joining());
  }

  void links(String path, String... links) {
    page(path, "", "", links);
  }

  void page(String path, String text, String title, String... links) {
    StringBuilder html = new StringBuilder("<title>" + title + "</title><p>" + text + "</p>");
    for (String link : links) {
      pages.putIfAbsent(link, "");
      html.append("<a href=").append(link).append(">.</a>");
    }
    pages.put(path, html.toString());
  }

  /** So many pages, each of which links to three more at the most. */
  void tree(int count) {
    for (int i = 0; i < count; i++) {
      int last = Math.min(3 * i + 3, count - 1);
      links(
          i == 0 ? "/" : "/" + i,
          IntStream.rangeClosed(3 * i + 1, last).mapToObj(n -> "/" + n).toArray(String[]::new));
    }
  }

  /** The request of a page waits. */
  void hold(String path) {
    held = path;
  }

  void awaitHeld() throws InterruptedException {
    reached.await();
  }

  void letGo() {
    gate.countDown();
  }

  /** The reader fails at a page. */
  void poison(String path) {
    poisonous = path;
  }

  /** Each page's first request finds no memory. */
  void lackMemory() {
    memoryIsShort = true;
  }

  /** Begins to crawl; there is nothing to claim while there is a fault, as in a worker. */
  void begin(PageOutput output, Supplier<Optional<String>> outputFault) {
    fault = outputFault;
    CrawlOptions options = new CrawlOptions(-1, -1, false, 0, lanes, List.of(), List.of(), true);
    CrawlRef crawl = new CrawlRef(SEED, CrawlId.next(Instant.now(), new Random(1)));
    Open open =
        new Open(SEED, crawl.crawlId(), Optional.empty(), TOP, false, options, Instant.now());
    memory.apply(new NotedCommand(new Position("topic", 0, 0), open));
    next(new LaneRunner(parts(output), state()), Optional.empty());
  }

  private SeedState state() {
    return memory.states(List.of(SEED)).values().iterator().next();
  }

  private void next(LaneWork work, Optional<String> predecessor) {
    if (closed) {
      return;
    }
    SessionSettings settings =
        new SessionSettings(
            LEASE,
            HostPatience.DEFAULT,
            () -> System.nanoTime() + aheadNs.get(),
            () -> true,
            () -> true,
            () -> fault.get().isEmpty());
    CrawlSession began = new CrawlSession(faulty.store(), state(), settings, work, 10, predecessor);
    session = Optional.of(began);
    began.onEnd(end -> {
      if (end == SessionEnd.DROPPED) {
        sessionsLost.incrementAndGet();
        next(work, Optional.of(began.id()));
      }
    });
    began.want(IntStream.range(0, lanes).mapToObj(n -> new Lane(SEED.host(), n)).toList());
    began.start();
  }

  void awaitDone() {
    awaitDone(() -> {});
  }

  /** Looks all the while, as a worker does. */
  void awaitDone(Runnable look) {
    Eventually.holds(
        "the crawl is done",
        () -> {
          look.run();
          session.ifPresent(it -> it.wake(Optional.empty())); // as a worker does after a fault
          return progress().status().finished();
        });
  }

  void crawl(PageOutput output) {
    begin(output, Optional::empty);
    awaitDone();
  }

  /** Ends the session that holds the leases, as no answer came in time. */
  void letLeasesEnd() {
    CrawlSession ending = session.orElseThrow();
    aheadNs.addAndGet(LEASE.plusSeconds(1).toNanos());
    Eventually.holds(
        "the session is over",
        () -> {
          ending.checkLeases();
          return session.orElseThrow() != ending;
        });
  }

  Progress progress() {
    return memory.progress(SEED).orElseThrow();
  }

  /** Sessions that were lost. */
  int lost() {
    return sessionsLost.get();
  }

  private LaneParts parts(PageOutput output) {
    return TestingParts.of(this::fetch, output, retries);
  }

  private FetchOutcome fetch(CrawlUrl url, Duration limit, Hold hold, Runnable sent)
      throws InterruptedException {
    requests.computeIfAbsent(url.value(), _ -> new AtomicInteger()).incrementAndGet();
    String path = url.value().substring(TOP.length() - 1);
    if (path.equals(held)) {
      reached.countDown();
      gate.await();
    }
    if (memoryIsShort && lacked.add(path)) {
      hold.lacked();
      return new Deferred(
          url, Reasons.TIMEOUT, 0, Optional.empty(), false, false, Duration.ZERO, Instant.EPOCH);
    }
    String html = pages.get(path);
    return html == null
        ? new Rejected(url, "http_404", 404, false, Duration.ZERO, Instant.EPOCH)
        : page(url, path, html.getBytes(StandardCharsets.UTF_8));
  }

  private Fetched page(CrawlUrl url, String path, byte[] body) {
    HttpMeta meta = path.equals(poisonous) ? nothing() : HttpMeta.ofType("text/html");
    return new Fetched(url, 200, meta, body, false, body.length, Duration.ZERO, Instant.EPOCH);
  }

  /** What no reader can bear. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Override
  public void close() {
    closed = true;
    letGo();
    session.ifPresent(it -> it.drop("the test is over"));
  }
}
