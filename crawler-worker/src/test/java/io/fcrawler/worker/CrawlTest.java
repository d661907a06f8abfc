package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.store.RobotsStore;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.testing.Answer;
import io.fcrawler.worker.testing.Misbehaviour;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Crawls from the command to the receipt. */
@Timeout(600)
@Tag("integration")
@ResourceLock(Deployment.SHARED_GROUP)
final class CrawlTest {
  private static Deployment deployment;
  private TestingSite site;

  @BeforeAll
  static void deploy() throws InterruptedException {
    deployment =
        new Deployment(
            TestingKafka.bootstrapServers(),
            TestingRedis.url(),
            Map.of("FCRAWLER_RESOLVE", "a.example=127.0.0.1,www.a.example=127.0.0.1"));
    deployment.startWorker();
  }

  @AfterAll
  static void close() {
    deployment.close();
  }

  @BeforeEach
  void startSite() throws IOException {
    site = TestingSite.start();
  }

  @AfterEach
  void stopSite() throws IOException {
    site.close();
  }

  /** Pages 0 to n - 1; each links to two further ones, to the first, and to itself. */
  private void pages(int n) {
    for (int i = 0; i < n; i++) {
      StringBuilder html = new StringBuilder("<title>Page " + i + "</title><p>Text.");
      for (int link : new int[] {0, i, 2 * i + 1, 2 * i + 2}) {
        if (link < n) {
          html.append("<a href='").append(path(link)).append("'>").append(link).append("</a> ");
        }
      }
      site.html(path(i), html.toString());
    }
  }

  private static String path(int page) {
    return page == 0 ? "/" : "/p/" + page + ".html";
  }

  @Test
  void aSiteIsCrawledToTheEndAndEachPageRequestedOnce() {
    pages(300);
    CrawlRef crawl = deployment.submit(site.authority(), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(300, done.total());
    assertEquals(300, done.crawled());
    for (int i = 0; i < 300; i++) {
      assertEquals(1, site.requests(path(i)), path(i));
    }
  }

  @Test
  void brokenLinksFailWithTheirReasonAndReferrer() {
    site.html("/", "<a href=/gone>x</a><a href=/broken>y</a><a href=/ok>z</a>");
    site.html("/ok", "fine");
    site.route("/broken", Answer.status(500));
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(2, done.crawled());
    assertEquals(2, done.failed());
    List<Failure> failures =
        deployment.store.failures(crawl.seed(), ListQuery.first(10)).orElseThrow().items();
    assertEquals(
        List.of("http_500 500 4", "http_404 404 1"),
        failures.stream()
            .map(f -> f.reason() + " " + f.httpStatus() + " " + f.attempts())
            .toList());
    assertEquals(site.url("/"), failures.getFirst().referrer());
    assertEquals(4, site.requests("/broken"));
  }

  @Test
  void aStartPageThatRedirectsToAnotherHostOfItsDomainBringsItIntoScope() {
    pages(20);
    String www = "http://www.a.example:" + site.port();
    site.route(
        "/",
        (request, socket, out) -> {
          boolean bare = request.header("host").startsWith("a.example");
          Answer answer =
              bare
                  ? Answer.redirect(301, www + "/")
                  : Answer.html("<a href=/p/1.html>1</a><a href='/p/2.html'>2</a>");
          answer.writeTo(out);
          return true;
        });
    CrawlRef crawl = deployment.submit("a.example:" + site.port(), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(21, done.total());
    assertEquals(0, done.failed());
  }

  /** OkHttp's own way would be two requests at once for each attempt. */
  @Test
  void aPageThatIsAlwaysResetIsRequestedAsOftenAsItIsRetried() {
    site.html("/", "<a href=/reset>x</a><a href=/b>b</a>").html("/b", "b");
    site.route("/reset", Misbehaviour.resetting());
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(1, done.failed());
    assertEquals(4, site.requests("/reset"));
  }

  @Test
  void aServerThatClosesEachConnectionUntoldIsCrawledWithoutAFailure() {
    for (int i = 0; i < 40; i++) {
      String links = "<a href=/" + (i + 1) % 40 + ">x</a><a href=/" + (i + 2) % 40 + ">y</a>";
      site.route(
          "/" + i,
          (request, socket, out) -> {
            Answer.html(links).writeTo(out);
            return false;
          });
    }
    CrawlRef crawl = deployment.submit(site.url("/0"), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(40, done.crawled());
    assertEquals(0, done.failed());
  }

  @Test
  void robotsKeepsUrlsOutOfTheTotal() {
    site.route("/robots.txt", Answer.text("User-agent: *\nDisallow: /private/\n"));
    site.html("/", "<a href=/private/a>a</a><a href=/private/b>b</a><a href=/c>c</a>");
    site.html("/c", "c");
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(2, done.total());
    assertEquals(2, done.excluded());
    assertEquals(0, site.requests("/private/a"));
    assertEquals(1, site.requests("/robots.txt"));
    assertTrue(deployment.store.robots().get("http://" + site.authority()).isPresent());
  }

  private void share(Duration left) {
    byte[] rules = "User-agent: *\nDisallow: /private/\n".getBytes(StandardCharsets.UTF_8);
    deployment.store.robots().put("http://" + site.authority(), new RobotsStore.Copy(rules, left));
    site.html("/", "<a href=/private/a>a</a><a href=/c>c</a>");
    site.html("/c", "c").html("/private/a", "a");
  }

  @Test
  void aRobotsTxtThatAnotherWorkerFetchedIsNotFetchedAgain() {
    share(Duration.ofHours(25)); // as if it had been during the crawl
    Progress done = deployment.awaitDone(deployment.submit(site.url("/"), Deployment.FAST));
    assertEquals(List.of(2L, 1L), List.of(done.total(), done.excluded()));
    assertEquals(0, site.requests("/robots.txt"));
  }

  @Test
  void aNewCrawlReadsRobotsTxtAnew() {
    share(Duration.ofHours(1));
    Progress done = deployment.awaitDone(deployment.submit(site.url("/"), Deployment.FAST));
    assertEquals(List.of(3L, 0L), List.of(done.total(), done.excluded()));
    assertEquals(1, site.requests("/robots.txt"));
  }

  @Test
  void linksOfPagesThatSaySoAreNotFollowed() {
    site.html("/", "<a href=/meta>m</a><a href=/header>h</a>");
    site.html("/meta", "<meta name=robots content=nofollow><a href=/only>o</a><a href=/both>b</a>");
    site.route(
        "/header",
        Answer.html("<a href=/only>o</a><a href=/last>l</a>").with("X-Robots-Tag: none"));
    site.html("/last", "<a href=/both>b</a>");
    site.html("/both", "<a href=/>x</a>");
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    assertEquals(3, deployment.awaitDone(crawl).total());
    assertEquals(
        List.of("/both", "/last", "/only").stream()
            .map(path -> new Exclusion(site.url(path), "nofollow"))
            .toList(),
        deployment.store.exclusions(crawl.seed(), ListQuery.first(10)).orElseThrow().items());

    site.html("/", "<a href=/meta>m</a><a href=/header>h</a><a href=/last>l</a>");
    crawl = deployment.submit(site.url("/"), Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(List.of(5L, 5L, 1L), List.of(done.total(), done.crawled(), done.excluded()));
    assertEquals(0, site.requests("/only"));

    CrawlOptions ignoring = new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), true);
    done = deployment.awaitDone(deployment.submit(site.url("/"), ignoring));
    assertEquals(List.of(6L, 5L, 0L), List.of(done.total(), done.crawled(), done.excluded()));
  }

  @Test
  void linksThatSayNofollowAreKeptOutByOption() {
    site.html("/", "<a rel='noopener NoFollow' href=/only>o</a><a rel=nofollow href=/both>b</a>");
    site.html("/both", "<a rel=nofollow href=/twice>t</a><a href=/twice#x>t</a>");
    site.html("/twice", "<a href=/both>b</a>");
    site.html("/only", "");
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    assertEquals(4, deployment.awaitDone(crawl).total());

    CrawlOptions respecting =
        new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), false, true);
    crawl = deployment.submit(site.url("/"), respecting);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(List.of(1L, 2L), List.of(done.total(), done.excluded()));

    site.html("/", "<a rel=nofollow href=/only>o</a><a href=/both>b</a>");
    crawl = deployment.submit(site.url("/"), respecting);
    assertEquals(3, deployment.awaitDone(crawl).total());
    assertEquals(
        List.of(new Exclusion(site.url("/only"), "nofollow")),
        deployment.store.exclusions(crawl.seed(), ListQuery.first(10)).orElseThrow().items());
  }

  @Test
  void theDelayLiesBetweenAllRequestStarts() {
    pages(6);
    CrawlOptions options = new CrawlOptions(-1, -1, false, 100, 3, List.of(), List.of(), false);
    CrawlRef crawl = deployment.submit(site.url("/"), options);
    deployment.awaitDone(crawl);
    long[] starts = site.log().stream().mapToLong(logged -> logged.startNs()).sorted().toArray();
    assertEquals(7, starts.length);
    for (int i = 1; i < starts.length; i++) {
      long gapMs = (starts[i] - starts[i - 1]) / 1_000_000;
      org.junit.jupiter.api.Assertions.assertTrue(gapMs >= 95, "gap of " + gapMs + " ms");
    }
  }

  @Test
  void aFinishedSeedIsCrawledAgainAndItsFormerNumbersStay() {
    pages(5);
    CrawlRef first = deployment.submit(site.url("/"), Deployment.FAST);
    deployment.awaitDone(first);
    CrawlRef second = deployment.submit(site.url("/"), Deployment.FAST);
    Progress done = deployment.awaitDone(second);
    assertEquals(5, done.total());
    assertEquals(first.crawlId(), deployment.store.crawls(first.seed()).getFirst().crawlId());
    assertEquals(2, site.requests("/p/1.html"));
  }

  @Test
  void maxPagesIsKeptExactly() {
    pages(100);
    CrawlOptions options = new CrawlOptions(10, -1, false, 0, 4, List.of(), List.of(), false);
    Progress done = deployment.awaitDone(deployment.submit(site.url("/"), options));
    assertEquals(10, done.total());
    assertEquals(10, done.crawled());
  }

  @Test
  void maxDepthAndPatternsKeepUrlsOut() {
    pages(100);
    CrawlOptions options =
        new CrawlOptions(-1, 2, false, 0, 1, List.of(), List.of("/p/2\\."), false);
    Progress done = deployment.awaitDone(deployment.submit(site.url("/"), options));
    assertEquals(4, done.total()); // 0; 1; 3, 4
  }
}
