package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.AddressPolicy;
import io.fcrawler.worker.fetch.FetchSettings;
import io.fcrawler.worker.fetch.HostOverrides;
import io.fcrawler.worker.fetch.OkHttpFetcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9309, section 2.3.1: robots.txt as real sites send it, and as they do not. */
class RobotsOverHttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration ANY_AGE = Duration.ofDays(1);
  private static final String RULES = "User-agent: fcrawler\nDisallow: /x\n";

  private final SiteServer site;
  private final OkHttpFetcher fetcher;
  private final RobotsCache cache =
      new RobotsCache(
          RobotsSettings.of("fcrawler"), new MemoryCrawlStore(InstantSource.system()).robots());

  RobotsOverHttpTest() throws Exception {
    site = SiteServer.start();
    AddressPolicy policy = AddressPolicy.parse("127.0.0.1");
    fetcher =
        new OkHttpFetcher(
            FetchSettings.DEFAULT
                .withAddresses(policy, HostOverrides.parse("private.example=127.0.0.2"))
                .withTimeouts(
                    Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(10)));
  }

  @AfterEach
  void close() throws Exception {
    fetcher.close();
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/html",
        "application/octet-stream",
        "image/png",
        "application/pdf",
        "text/plain; charset=utf-16",
        "nonsense",
        ""
      })
  void itsTypeDoesNotMatter(String type) throws Exception {
    robots(Answer.of(200, type, RULES.getBytes(StandardCharsets.UTF_8)));
    assertRules();
  }

  @Test
  void itMayBeCompressed() throws Exception {
    robots(Answer.text(RULES).gzip());
    assertRules();
  }

  @Test
  void itMayBeLongerThanIsReadOfIt() throws Exception {
    robots(Answer.text(RULES + "# filler\n".repeat(2_000_000)));
    assertRules();
  }

  @Test
  void itMayDecodeToMore() throws Exception {
    robots(Misbehaviour.gzipBomb(100));
    assertEquals("/x /y", allowed());
  }

  @ParameterizedTest
  @CsvSource({"200", "204", "304", "300"})
  void anEmptyOneAllowsAll(int status) throws Exception {
    robots(Answer.status(status));
    assertEquals("/x /y", allowed());
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "404", "405", "406", "408", "410", "418", "421", "425", "451"})
  void aClientErrorAllowsAllWhateverItSays(int status) throws Exception {
    robots(
        Answer.of(
            status, "text/plain", "User-agent: *\nDisallow: /".getBytes(StandardCharsets.UTF_8)));
    assertEquals("/x /y", allowed());
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "501", "502", "503", "504", "520", "599", "999"})
  void anErrorOfTheServerForbidsAllWhateverItSays(int status) throws Exception {
    robots(
        Answer.of(
            status, "text/plain", "User-agent: *\nAllow: /".getBytes(StandardCharsets.UTF_8)));
    assertEquals("unreachable", allowed());
  }

  @Test
  void aBrokenAnswerForbidsAll() throws Exception {
    for (Route broken :
        List.of(
            Misbehaviour.closing(),
            Misbehaviour.resetting(),
            Misbehaviour.sending("nonsense\r\n\r\n"),
            Misbehaviour.sending("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + RULES),
            Misbehaviour.sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nUser-"),
            Misbehaviour.sending(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nno gzip.."),
            Misbehaviour.hangingAfter(""),
            Misbehaviour.hangingAfter("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + RULES))) {
      site.route("/robots.txt", broken);
      assertEquals("unreachable", allowed());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void fiveRedirectsAreFollowedAlsoToAnotherSite(int status) throws Exception {
    try (SiteServer other = SiteServer.start()) {
      robots(Answer.redirect(status, "/1"));
      site.route("/1", Answer.redirect(status, "2?a=b"));
      site.route("/2", Answer.redirect(status, other.url("/3")));
      other.route("/3", Answer.redirect(status, "//" + other.authority() + "/robots.txt"));
      other.route("/robots.txt", Answer.redirect(status, site.url("/rules#here")));
      site.route("/rules", Answer.text(RULES));
      assertRules();
      assertEquals(4, site.log().size());
    }
  }

  @Test
  void sixRedirectsAreNotFollowed() throws Exception {
    robots(Answer.redirect(301, "/1"));
    for (int i = 1; i < 6; i++) {
      site.route("/" + i, Answer.redirect(301, "/" + (i + 1)));
    }
    site.route("/6", Answer.text(RULES));
    assertEquals("/x /y", allowed());
    assertEquals(0, site.requests("/6"));
  }

  @Test
  void aRedirectOntoItselfIsFollowedFiveTimes() throws Exception {
    robots(Answer.redirect(302, "/robots.txt"));
    assertEquals("/x /y", allowed());
    assertEquals(6, site.requests("/robots.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://private.example:%d/robots.txt",
        "http://127.0.0.2:%d/robots.txt",
        "http://[::ffff:127.0.0.2]:%d/robots.txt"
      })
  void aRedirectToAPrivateAddressIsNotFollowed(String target) throws Exception {
    robots(Answer.redirect(301, target.formatted(site.port())));
    assertEquals("unreachable", allowed());
    assertEquals(1, site.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://127.0.0.1/robots.txt", "file:///etc/passwd", "data:,x", "mailto:x"})
  void aRedirectToNoWebSiteIsNotFollowed(String target) throws Exception {
    robots(Answer.redirect(301, target));
    assertEquals("/x /y", allowed());
  }

  private void robots(Answer answer) {
    site.route("/robots.txt", answer);
  }

  private void assertRules() throws InterruptedException {
    assertEquals("/y", allowed());
  }

  /** Which of two paths may be fetched. */
  private String allowed() throws InterruptedException {
    CrawlUrl x = CrawlUrl.parse(site.url("/x")).orElseThrow();
    CrawlUrl y = CrawlUrl.parse(site.url("/y")).orElseThrow();
    return switch (cache.rules(x, ANY_AGE, url -> fetcher.fetch(url, LIMIT))) {
      case RobotsAnswer.Unreachable _ -> "unreachable";
      case RobotsAnswer.Known(RobotsRules rules) ->
          ((rules.allowed(x) ? "/x " : "") + (rules.allowed(y) ? "/y" : "")).trim();
    };
  }
}
