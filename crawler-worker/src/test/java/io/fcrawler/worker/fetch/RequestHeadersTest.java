package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Request;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.link.LinkResolver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a site sends, requests have the same few headers, and nothing that it put there. */
class RequestHeadersTest {
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private SiteServer site;
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    site = SiteServer.start();
    fetcher = new OkHttpFetcher(Fetching.loopback());
  }

  @AfterEach
  void stop() throws IOException {
    fetcher.close();
    site.close();
  }

  /** Answers whatever is asked at a path, and keeps the requests. */
  private void answer(String path, Answer answer) {
    site.route(
        path,
        Route.by(request -> {
          requests.add(request);
          return answer;
        }));
  }

  private Request fetch(String url) throws InterruptedException {
    fetcher.fetch(Fetching.url(url), Fetching.LIMIT);
    return requests.getLast();
  }

  private void checkHeaders(Request request, String host) {
    assertEquals("GET", request.method());
    assertEquals(
        Map.of(
            "host", host + ":" + site.port(),
            "user-agent", "fcrawler/0.1.0",
            "accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "accept-encoding", request.header("accept-encoding"),
            "connection", "Keep-Alive"),
        request.headers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a\r\nX-Injected: 1",
        "/a\nX-Injected: 1\n\nGET /b HTTP/1.1\n",
        "/a%0d%0aX-Injected:%201",
        "/a?b=%0D%0AX-Injected: 1",
        "/a?b=\r\n\r\nGET / HTTP/1.1",
        "/a\u560d\u560aX-Injected: 1",
        "/a\u2028X-Injected: 1\u2029\u0085",
        "/a HTTP/1.1\rX-Injected: 1",
        "/a\u0000\u000b\u000cX-Injected: 1",
        "/a#\r\nX-Injected: 1"
      })
  void aReferenceBringsNoHeader(String reference) throws Exception {
    CrawlUrl base = Fetching.url(site.url("/"));
    CrawlUrl url = LinkResolver.resolve(base, reference).orElseThrow();
    assertTrue(url.value().chars().allMatch(c -> c > ' ' && c < 0x7f), url.value());
    String path = url.value().substring(site.url("").length()).replaceFirst("\\?.*", "");
    answer(path, Answer.status(204));

    Request request = fetch(url.value());

    checkHeaders(request, "127.0.0.1");
    assertEquals(site.url(request.target()), url.value());
    assertEquals(1, site.log().size());
  }

  @Test
  void cookiesAreNotKept() throws Exception {
    answer("/", Answer.html("x").with("Set-Cookie: a=b; Path=/; Max-Age=1000"));
    fetch(site.url("/"));

    checkHeaders(fetch(site.url("/")), "127.0.0.1");
    assertEquals(2, requests.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407})
  void nobodyIsToldWhoAsks(int status) throws Exception {
    answer(
        "/",
        Answer.status(status)
            .with("WWW-Authenticate: Basic realm=x")
            .with("Proxy-Authenticate: Basic realm=x"));

    checkHeaders(fetch(site.url("/")), "127.0.0.1");
    checkHeaders(fetch(site.url("/")), "127.0.0.1");
    assertEquals(2, requests.size());
  }

  @Test
  void theUserInfoOfAReferenceIsLeftOut() throws Exception {
    answer("/x", Answer.status(204));
    String reference = "http://user:secret@other.example:" + site.port() + "/x";
    CrawlUrl url = LinkResolver.resolve(Fetching.url(site.url("/")), reference).orElseThrow();

    assertEquals("http://other.example:" + site.port() + "/x", url.value());
    checkHeaders(fetch(url.value()), "other.example");
  }

  /** Such a URL is not made by the parser. */
  @Test
  void userInfoIsNotSentEither() throws Exception {
    answer("/x", Answer.status(204));
    String text = "http://user:secret@127.0.0.1:" + site.port() + "/x";

    fetcher.fetch(new CrawlUrl(text, "http", "127.0.0.1", site.port()), Fetching.LIMIT);

    checkHeaders(requests.getLast(), "127.0.0.1");
  }
}
