package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.fetch.Listeners;
import io.fcrawler.worker.fetch.PrivateTargets;
import io.fcrawler.worker.fetch.PrivateTargets.Target;
import io.fcrawler.worker.testing.Answer;
import io.fcrawler.worker.testing.Request;
import io.fcrawler.worker.testing.Route;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A crawl of a hostile site, from the command to the failures, reaches nothing of this machine but
 * what the operator lists: the site itself, at its port.
 */
@Timeout(600)
@Tag("integration")
@ResourceLock(Deployment.SHARED_GROUP)
final class SsrfCrawlTest {
  private static final CrawlOptions SUBDOMAINS =
      new CrawlOptions(-1, -1, true, 0, 4, List.of(), List.of(), false);

  /** All of loopback, for nothing else may be sent to should this fail. */
  private static final List<Target> TARGETS =
      PrivateTargets.all().filter(SsrfCrawlTest::isLoopback).toList();

  private static TestingSite site;
  private static Listeners listeners;
  private static Deployment deployment;

  @BeforeAll
  static void deploy() throws Exception {
    site = TestingSite.start();
    listeners = Listeners.start();
    List<String> names =
        IntStream.range(0, TARGETS.size()).mapToObj(i -> "r" + i + ".site.example").toList();
    String allowed =
        names.stream().map(name -> name + ":" + site.port()).collect(Collectors.joining(","));
    String resolved =
        names.stream().map(name -> name + "=127.0.0.1").collect(Collectors.joining(","));
    deployment =
        new Deployment(
            TestingKafka.bootstrapServers(),
            TestingRedis.url(),
            Map.of(
                "FCRAWLER_ALLOW_PRIVATE",
                "site.example:" + site.port() + "," + allowed,
                "FCRAWLER_RESOLVE",
                "site.example=127.0.0.1,inner.site.example=127.0.0.1," + resolved));
    deployment.startWorker();
  }

  @AfterAll
  static void close() throws IOException {
    deployment.close();
    listeners.close();
    site.close();
  }

  @AfterEach
  void nobodyConnected() {
    assertEquals(0, listeners.connections());
  }

  private static boolean isLoopback(Target target) {
    return target.host().matches("127[0-9.]+|0\\.0\\.0\\.0|\\[::1?]|localhost");
  }

  private static CrawlRef submit(String path) {
    return deployment.submit("http://site.example:" + site.port() + path, SUBDOMAINS);
  }

  private static String inner() {
    return "http://inner.site.example:" + listeners.port() + "/";
  }

  private static void link(String path, List<String> targets) {
    site.html(
        path,
        targets.stream()
            .map(target -> "<a href=\"" + target + "\">x</a>")
            .collect(Collectors.joining()));
  }

  private static Set<String> failures(CrawlRef crawl) {
    return deployment
        .store
        .failures(crawl.seed(), ListQuery.first(1000))
        .orElseThrow()
        .items()
        .stream()
        .map(Failure::reason)
        .collect(Collectors.toSet());
  }

  @Test
  void submitted() {
    List<Target> submittable = TARGETS.stream().filter(Target::submittable).toList();
    assertTrue(submittable.size() >= 40, "only " + submittable.size());
    for (Target target : submittable) {
      CrawlRef crawl = deployment.submit(target.at(listeners.port()), Deployment.FAST);
      Progress done = deployment.awaitDone(crawl);
      assertEquals(List.of(0L, 1L), List.of(done.crawled(), done.failed()), target.spelling());
      assertEquals(Set.of("address_not_allowed"), failures(crawl), target.spelling());
    }
  }

  @Test
  void linked() {
    List<String> links =
        TARGETS.stream().map(target -> target.at(listeners.port())).collect(Collectors.toList());
    links.add(inner());
    link("/links", links);
    CrawlRef crawl = submit("/links");
    Progress done = deployment.awaitDone(crawl);
    assertEquals(List.of(1L, 1L), List.of(done.crawled(), done.failed()));
    assertEquals(Set.of("address_not_allowed"), failures(crawl));
  }

  @Test
  void redirected() {
    for (int i = 0; i < TARGETS.size(); i++) {
      String target = TARGETS.get(i).at(listeners.port()).replaceAll("[\\r\\n]", "");
      site.route("/moved/" + i, Answer.redirect(302, target));
    }
    site.route("/moved/inner", Answer.redirect(302, inner()));
    List<String> moved =
        IntStream.range(0, TARGETS.size())
            .mapToObj(i -> "/moved/" + i)
            .collect(Collectors.toList());
    moved.add("/moved/inner");
    link("/moved", moved);
    CrawlRef crawl = submit("/moved");
    Progress done = deployment.awaitDone(crawl);
    assertEquals(TARGETS.size() + 2L, done.crawled());
    assertEquals(1, done.failed());
    assertEquals(Set.of("address_not_allowed"), failures(crawl));
  }

  @Test
  void redirectedFromTheStartPageWhichBringsTheHostIntoScope() {
    site.route("/start", Answer.redirect(301, inner()));
    CrawlRef crawl =
        deployment.submit("http://site.example:" + site.port() + "/start", Deployment.FAST);
    Progress done = deployment.awaitDone(crawl);
    assertEquals(List.of(1L, 1L), List.of(done.crawled(), done.failed()));
    assertEquals(Set.of("address_not_allowed"), failures(crawl));
  }

  @Test
  void redirectedFromRobots() {
    site.route("/robots.txt", SsrfCrawlTest::robots);
    site.html("/page", "x");
    link(
        "/robots",
        IntStream.range(0, TARGETS.size())
            .mapToObj(i -> "http://r" + i + ".site.example:" + site.port() + "/page")
            .toList());
    CrawlRef crawl = submit("/robots");
    Progress done = deployment.awaitDone(crawl);
    assertEquals(1, done.crawled());
    assertEquals(TARGETS.size(), done.failed());
    assertEquals(Set.of("address_not_allowed"), failures(crawl));
    assertEquals(0, site.requests("/page"));
  }

  /** Each host of the site has a robots.txt that is at another target. */
  private static boolean robots(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    String host = request.header("host");
    Answer answer =
        host.startsWith("r")
            ? Answer.redirect(302, target(host).replaceAll("[\\r\\n]", ""))
            : Answer.status(404);
    return Route.of(answer).answer(request, socket, out);
  }

  private static String target(String host) {
    int number = Integer.parseInt(host, 1, host.indexOf('.'), 10);
    return TARGETS.get(number).at(listeners.port());
  }
}
