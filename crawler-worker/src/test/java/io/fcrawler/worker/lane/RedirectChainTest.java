package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.HostReport;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Request;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import io.fcrawler.worker.fetch.CookieUse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects that lead back to the URL that is visited. */
@Timeout(120)
final class RedirectChainTest {
  private static final Answer PAGE = Answer.html("<a href=/y>y</a>");
  private static final String COOKIE = "Set-Cookie: seen=1; Path=/";

  private SiteServer site;

  @BeforeEach
  void start() throws IOException {
    site = SiteServer.start().html("/y", "y");
  }

  @AfterEach
  void stop() throws IOException {
    site.close();
  }

  private TestingLane crawl(String target) throws InterruptedException {
    return crawl(target, CookieUse.VISIT);
  }

  private TestingLane crawl(String target, CookieUse cookies) throws InterruptedException {
    try (TestingLane lane = new TestingLane(site, cookies, TestingLane.OPTIONS)) {
      return lane.crawl(target);
    }
  }

  private void answer(String path, Function<Request, Answer> answers) {
    site.route(path, Route.by(answers));
  }

  private static boolean hasCookie(Request request) {
    return request.header("cookie").equals("seen=1");
  }

  /** The targets that were asked for, but for robots.txt. */
  private List<String> asked() {
    return site.log().stream()
        .map(Visit::target)
        .filter(target -> !target.equals("/robots.txt"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/x, /x?, /x?",
    "/x, ?, /x?",
    "/x, /%78, /%78",
    "/~x, /%7Ex, /%7Ex",
    "/%2Fx, /%2fx, /%2fx",
    "/x?a=b, /x?a=%62, /x?a=%62"
  })
  void anotherSpellingOfTheUrlIsAskedForAsItIsSpelled(String url, String location, String spelled)
      throws InterruptedException {
    Function<Request, Answer> both =
        request -> request.target().equals(url) ? Answer.redirect(301, location) : PAGE;
    answer(url.replaceFirst("\\?.*", ""), both);
    answer(spelled.replaceFirst("\\?.*", ""), both);

    TestingLane lane = crawl(url);

    assertEquals(Map.of(url, "crawled", "/y", "crawled"), lane.outcomes());
    assertEquals(List.of(url, spelled, "/y"), asked());
  }

  @Test
  void aSiteThatAnswersTheSameRequestTheSecondTimeIsRead() throws InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    answer("/x", _ -> requests.getAndIncrement() == 0 ? Answer.redirect(302, "/x") : PAGE);

    assertEquals(Map.of("/x", "crawled", "/y", "crawled"), crawl("/x").outcomes());
  }

  @Test
  void aPageThatRedirectsToItselfUntilItsCookieIsSentBackIsRead() throws InterruptedException {
    answer("/x", request -> hasCookie(request) ? PAGE : Answer.redirect(302, "/x").with(COOKIE));

    assertEquals(Map.of("/x", "crawled", "/y", "crawled"), crawl("/x").outcomes());
    assertEquals(List.of("/x", "/x", "/y"), asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"seen=1; Path=/x", "seen=1; Path=/x/", "seen=1"})
  void aCookieOfThePathAloneOpensAWall(String cookie) throws InterruptedException {
    answer(
        "/x/",
        request ->
            hasCookie(request) ? PAGE : Answer.redirect(302, "/x/").with("Set-Cookie: " + cookie));

    assertEquals(Map.of("/x/", "crawled", "/y", "crawled"), crawl("/x/").outcomes());
    assertEquals(List.of("/x/", "/x/", "/y"), asked());
  }

  @Test
  void aCookieOfAnotherPathOpensNoWall() throws InterruptedException {
    answer("/x", _ -> Answer.redirect(302, "/x").with("Set-Cookie: seen=1; Path=/y"));

    assertEquals(Map.of("/x", "redirect_to_itself"), crawl("/x").outcomes());
    assertEquals(List.of("/x", "/x"), asked());
  }

  @Test
  void aCheckWhoseCookieIsForItsOwnPathOpensTheWall() throws InterruptedException {
    answer(
        "/x",
        request ->
            hasCookie(request)
                ? PAGE
                : Answer.redirect(302, "/check?from=/x").with("Set-Cookie: seen=1; Path=/check"));
    answer(
        "/check",
        request ->
            hasCookie(request)
                ? Answer.redirect(302, "/x").with("Set-Cookie: seen=1; Path=/x")
                : Answer.status(403));

    assertEquals(Map.of("/x", "crawled", "/y", "crawled"), crawl("/x").outcomes());
    assertEquals(List.of("/x", "/check?from=/x", "/x", "/y"), asked());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x?cookieSet=1",
        "/check?from=/x",
        "/check?a=b&from=%2Fx&c=d",
        "/check?/x",
        "/check?to=%252Fx"
      })
  void aPageBehindAUrlThatChecksForCookiesIsReadAndThatUrlIsNot(String check)
      throws InterruptedException {
    Function<Request, Answer> wall =
        request -> {
          boolean returns = hasCookie(request);
          if (!request.target().equals("/x")) {
            return returns ? Answer.redirect(302, "/x") : Answer.status(403);
          }
          return returns ? PAGE : Answer.redirect(302, check).with(COOKIE);
        };
    answer("/x", wall);
    answer("/check", wall);

    assertEquals(Map.of("/x", "crawled", "/y", "crawled"), crawl("/x").outcomes());
    assertEquals(List.of("/x", check, "/x", "/y"), asked());
  }

  @Test
  void whatAnswersUnderAnotherUrlIsThatUrlsAndIsNotAskedForAgain() throws InterruptedException {
    answer(
        "/x",
        request ->
            request.target().equals("/x")
                ? Answer.redirect(302, "/x?session=1").with(COOKIE)
                : PAGE);

    TestingLane lane = crawl("/x");

    assertEquals(
        Map.of("/x", "crawled", "/x?session=1", "crawled", "/y", "crawled"), lane.outcomes());
    assertEquals(List.of("/x", "/x?session=1", "/y"), asked());
  }

  @Test
  void aRedirectThatSetsNoCookieIsOneToAnotherUrl() throws InterruptedException {
    answer(
        "/x", request -> request.target().equals("/x") ? Answer.redirect(302, "/x?page=1") : PAGE);

    TestingLane lane = crawl("/x");

    assertEquals(1, lane.visit("/x").links().size());
    assertEquals(List.of("/x", "/x?page=1", "/y"), asked());
  }

  @Test
  void aChainWithoutEndFailsAtOnceAfterFiveHops() throws InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    answer(
        "/x", _ -> Answer.redirect(302, "/x").with("Set-Cookie: n=" + requests.incrementAndGet()));

    TestingLane lane = crawl("/x");

    assertEquals(Map.of("/x", "redirect_to_itself"), lane.outcomes());
    assertEquals(6, asked().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "", "#top", "//user:secret@127.0.0.1:{port}/x"})
  void aRequestThatWasRedirectedTwiceIsNotMadeAgain(String location) throws InterruptedException {
    answer(
        "/x", _ -> Answer.redirect(302, location.replace("{port}", Integer.toString(site.port()))));

    assertEquals(Map.of("/x", "redirect_to_itself"), crawl("/x").outcomes());
    assertEquals(List.of("/x", "/x"), asked());
  }

  @Test
  void aCheckThatAlwaysSendsBackIsWithoutEnd() throws InterruptedException {
    answer(
        "/x",
        request ->
            request.target().equals("/x")
                ? Answer.redirect(302, "/x?c=1").with(COOKIE)
                : Answer.redirect(302, "/x"));

    assertEquals(Map.of("/x", "redirect_to_itself"), crawl("/x").outcomes());
  }

  @Test
  void aChainThatNeverComesBackIsOneOfRedirectsToOtherUrls() throws InterruptedException {
    AtomicInteger last = new AtomicInteger();
    answer(
        "/x",
        request ->
            request.target().equals("/x?n=7")
                ? PAGE
                : Answer.redirect(302, "/x?n=" + last.incrementAndGet())
                    .with("Set-Cookie: n=" + last.get()));

    TestingLane lane = crawl("/x");

    assertEquals(9, lane.outcomes().size());
    assertEquals(List.of("crawled"), lane.outcomes().values().stream().distinct().toList());
    assertEquals(asked().size(), asked().stream().distinct().count());
  }

  @Test
  void cookiesAreGoneAfterTheVisit() throws InterruptedException {
    answer("/x", request -> hasCookie(request) ? PAGE : Answer.redirect(302, "/x").with(COOKIE));
    answer("/y", request -> Answer.status(hasCookie(request) ? 200 : 404));

    assertEquals(Map.of("/x", "crawled", "/y", "http_404"), crawl("/x").outcomes());
  }

  @Test
  void cookiesOfACrawlAreKeptFromVisitToVisit() throws InterruptedException {
    for (String path : List.of("/x", "/y")) {
      answer(path, request -> hasCookie(request) ? PAGE : Answer.redirect(302, path).with(COOKIE));
    }

    assertEquals(Map.of("/x", "crawled", "/y", "crawled"), crawl("/x", CookieUse.CRAWL).outcomes());
    assertEquals(List.of("/x", "/x", "/y"), asked());
  }

  @Test
  void noCookieIsSentWhereTheyAreOff() throws InterruptedException {
    answer("/x", request -> hasCookie(request) ? PAGE : Answer.redirect(302, "/x").with(COOKIE));

    assertEquals(Map.of("/x", "redirect_to_itself"), crawl("/x", CookieUse.OFF).outcomes());
  }

  @Test
  void aUrlThatRobotsTxtForbidsIsNoHop() throws InterruptedException {
    site.route("/robots.txt", Answer.text("User-agent: *\nDisallow: /check"));
    answer("/x", _ -> Answer.redirect(302, "/check?to=/x").with(COOKIE));

    TestingLane lane = crawl("/x");

    assertEquals(Map.of("/x", "crawled"), lane.outcomes());
    assertEquals(Map.of("/check?to=/x", "robots"), lane.excluded());
    assertEquals(List.of("/x"), asked());
  }

  @Test
  void aUrlThatTheCrawlExcludesIsNoHop() throws InterruptedException {
    answer("/x", _ -> Answer.redirect(302, "/check?to=/x").with(COOKIE));
    CrawlOptions options =
        new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of("/check"), false);

    try (TestingLane lane = new TestingLane(site, CookieUse.VISIT, options)) {
      assertEquals(Map.of("/check?to=/x", "pattern"), lane.crawl("/x").excluded());
    }
    assertEquals(List.of("/x"), asked());
  }

  @Test
  void anotherAuthorityIsNoHop() throws InterruptedException {
    String other = "http://localhost:" + site.port() + "/check?to=" + site.url("/x");
    answer("/x", _ -> Answer.redirect(302, other).with(COOKIE));

    assertEquals(Map.of("/x", "crawled"), crawl("/x").outcomes());
    assertEquals(List.of("/x"), asked());
  }

  @Test
  void noHopIsMadeAfterTheEndOfTheLease() throws Exception {
    answer("/x", _ -> Answer.redirect(302, "/x").with(COOKIE));

    try (TestingLane lane = new TestingLane(site).leaseUntilRequest(2)) {
      assertThrows(InterruptedException.class, () -> lane.crawl("/x"));
    }
    assertEquals(List.of("/x"), asked());
  }

  @Test
  void whatAHopSaysOfItsHostIsHeard() throws InterruptedException {
    answer(
        "/x",
        request ->
            request.target().equals("/x")
                ? Answer.redirect(302, "/x?c=1").with(COOKIE)
                : Answer.status(503).with("Retry-After: 100"));
    try (TestingLane lane = new TestingLane(site)) {
      lane.crawl("/x");
      assertEquals(
          Optional.of(new HostReport.Troubled("http_503", true, Duration.ofSeconds(100))),
          lane.visit("/x").host());
      assertEquals("retry", lane.outcomes().get("/x?c=1"));
    }
    assertEquals(List.of("/x", "/x?c=1"), asked());
  }

  @Test
  void aRobotsTxtBehindACheckForCookiesIsRead() throws InterruptedException {
    answer(
        "/robots.txt",
        request ->
            hasCookie(request)
                ? Answer.text("User-agent: *\nDisallow: /x")
                : Answer.redirect(302, "/robots.txt").with(COOKIE));
    site.route("/x", PAGE);

    assertEquals(Map.of("/x", "excluded"), crawl("/x").outcomes());
  }

  @Test
  void aRobotsTxtUnderAnotherSpellingIsRead() throws InterruptedException {
    answer(
        "/robots.txt",
        request ->
            request.target().endsWith("?")
                ? Answer.text("User-agent: *\nDisallow: /x")
                : Answer.redirect(302, "/robots.txt?"));
    site.route("/x", PAGE);

    assertEquals(Map.of("/x", "excluded"), crawl("/x").outcomes());
  }
}
