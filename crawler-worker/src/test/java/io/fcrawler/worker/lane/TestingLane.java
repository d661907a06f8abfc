package io.fcrawler.worker.lane;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Activity;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Entry;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.AddressPolicy;
import io.fcrawler.worker.fetch.CookieUse;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchSettings;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.fetch.HostOverrides;
import io.fcrawler.worker.fetch.OkHttpFetcher;
import io.fcrawler.worker.fetch.PageRequest;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork.Claims;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The one lane of a crawl of a {@link SiteServer}, over HTTP; it has no store and no Kafka. */
final class TestingLane implements Claims, AutoCloseable {
  static final CrawlOptions OPTIONS =
      new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), false);

  private final SiteServer site;
  private final OkHttpFetcher fetcher =
      new OkHttpFetcher(
          FetchSettings.DEFAULT.withAddresses(
              AddressPolicy.parse("127.0.0.1"), HostOverrides.NONE));
  private final LaneRunner runner;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private final Map<String, Visit> visits = new LinkedHashMap<>();
  private final Map<Long, String> seen = new LinkedHashMap<>();
  private final Map<String, String> excluded = new LinkedHashMap<>();
  private final List<PageRequest> requests = new CopyOnWriteArrayList<>();
  private long leaseEndsAtRequest = Long.MAX_VALUE;

  TestingLane(SiteServer site, CookieUse cookies, CrawlOptions options) {
    this.site = site;
    this.runner = new LaneRunner(parts(cookies), state(options));
  }

  TestingLane(SiteServer site) {
    this(site, CookieUse.VISIT, OPTIONS);
  }

  private LaneParts parts(CookieUse cookies) {
    return TestingParts.of(
        new Recording(),
        _ -> CompletableFuture.completedFuture(PageOutput.Delivery.DELIVERED),
        new Retries(0, Duration.ZERO),
        cookies);
  }

  private SeedState state(CrawlOptions options) {
    return new SeedState(
        new CrawlRef(new Seed(site.authority()), CrawlId.next(Instant.EPOCH, new Random(1))),
        CrawlStatus.CRAWLING,
        options,
        Optional.empty(),
        Set.of(),
        Set.of(),
        new Lane("127.0.0.1", 0),
        Set.of(),
        false,
        Optional.empty(),
        Set.of(),
        new Activity(0, 0, 0),
        Optional.empty());
  }

  /** Lets the lane's lease be over once the site had so many requests. */
  TestingLane leaseUntilRequest(long number) {
    leaseEndsAtRequest = number;
    return this;
  }

  /** Visits a page, and all that it leads to. */
  TestingLane crawl(String target) throws InterruptedException {
    CrawlUrl url = CrawlUrl.parse(site.url(target)).orElseThrow();
    add(Entry.link(url.value().hashCode(), url.value(), 1, ""));
    runner.run(new Lane("127.0.0.1", 0), false, this);
    return this;
  }

  /** Visits the start page of a crawl that was given without a scheme; https says nothing. */
  TestingLane crawlWithoutScheme() throws InterruptedException {
    String url = "https://" + site.authority() + "/";
    add(Entry.start(url.hashCode(), url, true));
    runner.run(new Lane("127.0.0.1", 0), false, this);
    return this;
  }

  /** What was settled of each URL, by path and query: the outcome, and why it failed. */
  Map<String, String> outcomes() {
    return visits.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, visit -> named(visit.getValue().outcome())));
  }

  Visit visit(String target) {
    return visits.getOrDefault(target, Visit.of(new Outcome.Withdrawn(0)));
  }

  Map<String, String> excluded() {
    return excluded;
  }

  /** The requests that were made, robots.txt's among them. */
  List<PageRequest> requests() {
    return List.copyOf(requests);
  }

  /** The fetcher, with a list of what was asked for. */
  private final class Recording implements Fetcher {
    @Override
    public FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Hold memory, Runnable sent)
        throws InterruptedException {
      return fetch(PageRequest.of(url), timeLimit, memory, sent);
    }

    @Override
    public FetchOutcome fetch(PageRequest request, Duration timeLimit, Hold memory, Runnable sent)
        throws InterruptedException {
      requests.add(request);
      if (request.url().scheme().equals("https")) {
        new CountDownLatch(1).await(); // a server that says nothing
      }
      return fetcher.fetch(request, timeLimit, memory, sent);
    }
  }

  private static String named(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? failed.reason()
        : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void add(Entry entry) {
    if (!seen.containsValue(entry.url())) {
      seen.put(entry.fingerprint(), entry.url());
      entries.add(entry);
    }
  }

  @Override
  public Optional<Claim> next() {
    return Optional.ofNullable(entries.poll()).map(entry -> new Claim(entry, HostStanding.WELL));
  }

  @Override
  public Duration leaseLeft() {
    return Duration.ofHours(site.log().size() < leaseEndsAtRequest ? 1 : -1);
  }

  @Override
  public Set<String> joined() {
    return Set.of();
  }

  @Override
  public void settle(Visit visit) {
    String url = seen.getOrDefault(visit.outcome().fingerprint(), "");
    visits.put(target(url), visit);
    for (Link link : visit.links()) {
      if (link.exclusion().isEmpty()) {
        add(link.entry());
      } else {
        excluded.put(target(link.entry().url()), link.exclusion().get());
      }
    }
  }

  private String target(String url) {
    return url.startsWith("https:") ? url : url.substring(site.url("").length());
  }

  @Override
  public void fail(Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
