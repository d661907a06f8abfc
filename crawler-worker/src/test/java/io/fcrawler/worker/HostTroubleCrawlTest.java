package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.TroubledHost.State;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.testing.Answer;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Hosts that ask to be left alone, that fail, come back, or never do. */
@Timeout(600)
@Tag("integration")
@ResourceLock(Deployment.SHARED_GROUP)
final class HostTroubleCrawlTest {
  private static final int PAGES = 40;

  private TestingSite site;

  @BeforeEach
  void startSite() throws IOException {
    site = TestingSite.start();
  }

  @AfterEach
  void stopSite() throws IOException {
    site.close();
  }

  private static Deployment deployment(Map<String, String> further) throws InterruptedException {
    Deployment deployment =
        new Deployment(TestingKafka.bootstrapServers(), TestingRedis.url(), further);
    deployment.startWorker();
    return deployment;
  }

  /** A start page that links to all others, each of which answers as {@code answer} says. */
  private void pages(Supplier<Answer> answer) {
    StringBuilder links = new StringBuilder();
    for (int i = 1; i < PAGES; i++) {
      links.append("<a href=/").append(i).append(">x</a> ");
      site.route(
          "/" + i,
          (_, _, out) -> {
            answer.get().writeTo(out);
            return true;
          });
    }
    site.html("/", links.toString());
  }

  @Test
  void aHostThatAsksToBeLeftAloneIsLeftAloneByAllLanesAndCrawledInTheEnd()
      throws InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();
    pages(() -> {
      int number = requests.incrementAndGet();
      if (number != 10 && number != 30) {
        return Answer.html("fine");
      }
      asked.add(System.nanoTime());
      return Answer.status(429).with("Retry-After: 4");
    });
    try (Deployment deployment = deployment(Map.of())) {
      deployment.startWorker(); // the host's lanes are spread over both
      Progress done = deployment.awaitDone(deployment.submit(site.url("/"), Deployment.FAST));
      assertEquals(PAGES, done.crawled());
    }
    assertEquals(2, asked.size());
    for (long at : asked) { // a request that was on its way may come, but no more
      long from = at + TimeUnit.SECONDS.toNanos(2);
      long until = at + TimeUnit.SECONDS.toNanos(4);
      assertEquals(
          List.of(),
          site.log().stream()
              .filter(request -> request.startNs() > from && request.startNs() < until)
              .toList());
    }
  }

  /** Waits until the one troubled host is in this state, in which it need not stay. */
  private static TroubledHost onlyTrouble(Deployment deployment, CrawlRef crawl, State state) {
    AtomicReference<List<TroubledHost>> hosts = new AtomicReference<>(List.of());
    Eventually.holds(
        "the host is " + state.word(),
        () -> {
          hosts.set(deployment.store.troubledHosts(crawl.seed(), 9));
          return hosts.get().stream().anyMatch(host -> host.state() == state);
        });
    assertEquals(1, hosts.get().size());
    return hosts.get().getFirst();
  }

  @Test
  void theUrlsOfAHostThatFailsStayPendingUntilItIsBack() throws InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger downFrom = new AtomicInteger(5);
    pages(() ->
        requests.incrementAndGet() > downFrom.get() ? Answer.status(503) : Answer.html("fine"));
    Map<String, String> patience =
        Map.of(
            "FCRAWLER_RETRY_DELAY", "1s",
            "FCRAWLER_HOST_FAILURES", "3",
            "FCRAWLER_HOST_PAUSE", "4s");
    try (Deployment deployment = deployment(patience)) {
      CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
      TroubledHost parked = onlyTrouble(deployment, crawl, State.PARKED);
      assertEquals("127.0.0.1", parked.host());
      assertEquals("http_503", parked.reason());
      assertTrue(parked.failures() >= 5, parked::toString);
      assertTrue(deployment.store.progress(crawl.seed()).orElseThrow().pending() > PAGES / 2);
      downFrom.set(Integer.MAX_VALUE);
      Progress done = deployment.awaitDone(crawl);
      assertEquals(PAGES, done.crawled());
      assertEquals(List.of(), deployment.store.troubledHosts(crawl.seed(), 9));
    }
  }

  @Test
  void aSiteAtAnotherPortOfAHostThatFailsIsCrawled() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    pages(() -> requests.incrementAndGet() > 5 ? Answer.status(503) : Answer.html("fine"));
    Map<String, String> patience = Map.of("FCRAWLER_HOST_FAILURES", "3");
    try (Deployment deployment = deployment(patience);
        TestingSite other = TestingSite.start()) {
      CrawlRef failing = deployment.submit(site.url("/"), Deployment.FAST);
      onlyTrouble(deployment, failing, State.BACKED_OFF);
      Eventually.holds("it is left alone for long", () -> leftAlone(deployment, failing) > 12_000);
      other.html("/", "<a href=/a>a</a> <a href=/b>b</a>");
      other.html("/a", "fine");
      other.html("/b", "fine");
      Progress done = deployment.awaitDone(deployment.submit(other.url("/"), Deployment.FAST));
      assertEquals(3, done.crawled());
      assertTrue(leftAlone(deployment, failing) > 0, "not meanwhile");
    }
  }

  /** For how long its host is not asked by a crawl, ms. */
  private static long leftAlone(Deployment deployment, CrawlRef crawl) {
    return deployment.store.troubledHosts(crawl.seed(), 9).stream()
        .flatMap(host -> host.until().stream())
        .mapToLong(until -> Duration.between(Instant.now(), until).toMillis())
        .max()
        .orElse(0);
  }

  @Test
  void theUrlsOfAHostThatNeverComesBackFailAsHostUnreachable() throws InterruptedException {
    pages(() -> Answer.status(503));
    Map<String, String> patience =
        Map.of("FCRAWLER_HOST_FAILURES", "3", "FCRAWLER_HOST_GIVE_UP", "3s");
    try (Deployment deployment = deployment(patience)) {
      CrawlOptions paced = new CrawlOptions(-1, -1, false, 20, 1, List.of(), List.of(), false);
      CrawlRef crawl = deployment.submit(site.url("/"), paced);
      Progress done = deployment.awaitDone(crawl);
      assertEquals(PAGES - 1, done.failed());
      List<Failure> failures =
          deployment.store.failures(crawl.seed(), ListQuery.first(PAGES)).orElseThrow().items();
      List<Failure> unreachable =
          failures.stream().filter(it -> it.reason().equals("host_unreachable")).toList();
      assertTrue(unreachable.size() > PAGES / 2, failures::toString);
      for (Failure failure : unreachable) {
        String path = failure.url().substring(site.url("").length());
        assertEquals(site.requests(path), failure.attempts(), path);
      }
      assertTrue(unreachable.stream().anyMatch(it -> it.attempts() == 0));
    }
  }

  @Test
  void aHostWhoseRobotsTxtCannotBeReadIsNamedAndCrawledWhenItCan() throws InterruptedException {
    AtomicInteger status = new AtomicInteger(503);
    pages(() -> Answer.html("fine"));
    site.route(
        "/robots.txt",
        (_, _, out) -> {
          Answer.status(status.get()).writeTo(out);
          return true;
        });
    try (Deployment deployment = deployment(Map.of("FCRAWLER_RETRY_DELAY", "1s"))) {
      CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
      assertEquals("robots_unreachable", onlyTrouble(deployment, crawl, State.FAILING).reason());
      status.set(404);
      assertEquals(PAGES, deployment.awaitDone(crawl).crawled());
      assertEquals(1, site.requests("/"));
    }
  }

  @Test
  void aRobotsTxtThatIsBrokenOrAtADeadHostIsTriedAgainAndHeldAgainstNobody()
      throws InterruptedException {
    AtomicReference<Answer> robots = new AtomicReference<>();
    site.route(
        "/robots.txt",
        (_, _, out) -> {
          robots.get().writeTo(out);
          return true;
        });
    try (Deployment deployment = deployment(Map.of("FCRAWLER_RETRIES", "2"))) {
      for (Answer answer :
          List.of(
              Answer.redirect(302, "http://no-such-host.invalid/robots.txt"),
              Answer.text("User-agent: *").with("Content-Encoding: gzip"))) {
        robots.set(answer);
        CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
        assertEquals(1, deployment.awaitDone(crawl).failed());
        Failure failure =
            deployment
                .store
                .failures(crawl.seed(), ListQuery.first(9))
                .orElseThrow()
                .items()
                .getFirst();
        assertEquals("robots_unreachable", failure.reason());
        assertEquals(3, failure.attempts());
      }
    }
    assertEquals(0, site.requests("/"));
  }
}
