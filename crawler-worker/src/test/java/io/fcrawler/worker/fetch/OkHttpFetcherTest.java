package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Request;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.memory.Hold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OkHttpFetcherTest {
  private static final int LIMIT = 1 << 20;

  private SiteServer site;
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    site = SiteServer.start();
    fetcher = new OkHttpFetcher(Fetching.loopback().withBodyLimit(LIMIT));
  }

  @AfterEach
  void stop() throws IOException {
    fetcher.close();
    site.close();
  }

  @Test
  void noMoreIsReadOfABodyThanIsWanted() throws Exception {
    site.html("/a", "x".repeat(100_000));
    CrawlUrl url = Fetching.url(site.url("/a"));
    PageRequest request = new PageRequest(url, url.value(), Cookies.none(), 1000);
    FetchOutcome outcome = fetcher.fetch(request, Fetching.LIMIT, Hold.unbounded(), () -> {});
    Fetched fetched = assertInstanceOf(Fetched.class, outcome);
    assertEquals(1000, fetched.body().length);
    assertTrue(fetched.truncated());
  }

  @Test
  void aPageIsFetchedWithItsHeaders() throws Exception {
    site.route(
        "/a",
        Answer.html("<p>é</p>")
            .with("Content-Language: en")
            .with("Link: </b>; rel=next")
            .with("Link: </c>; rel=prev")
            .with("Refresh: 3; url=/d")
            .with("X-Robots-Tag: noindex"));
    Fetched fetched = fetch("/a", Fetched.class);
    assertEquals(200, fetched.status());
    assertEquals("<p>é</p>", new String(fetched.body(), StandardCharsets.UTF_8));
    assertEquals(9, fetched.bytesReceived());
    assertFalse(fetched.truncated());
    assertEquals(
        new HttpMeta(
            Optional.of("text/html; charset=utf-8"),
            Optional.of("en"),
            List.of("</b>; rel=next", "</c>; rel=prev"),
            Optional.of("3; url=/d"),
            List.of("noindex")),
        fetched.meta());
    assertTrue(fetched.elapsed().isPositive());
  }

  @Test
  void whereTheDocumentIsFoundIsKept() throws Exception {
    Answer page = Answer.html("x").with("Content-Location: /a.en").with("Location: /b");
    site.route("/ok", page);
    site.route("/created", new Answer(201, page.headers(), page.body()));
    assertEquals(List.of("/a.en"), fetch("/ok", Fetched.class).meta().locations());
    assertEquals(List.of("/a.en", "/b"), fetch("/created", Fetched.class).meta().locations());
  }

  @Test
  void aRequestSaysWhoAsksAndWhatIsTaken() throws Exception {
    List<Request> requests = new CopyOnWriteArrayList<>();
    site.route(
        "/a",
        (request, socket, out) -> {
          requests.add(request);
          return false;
        });
    fetch("/a?b=1", Deferred.class);
    Request request = requests.getFirst();
    assertEquals("GET", request.method());
    assertEquals("/a?b=1", request.target());
    assertEquals(site.authority(), request.header("host"));
    assertEquals("fcrawler/0.1.0", request.header("user-agent"));
    assertEquals("br, gzip, zstd", request.header("accept-encoding"));
    assertTrue(request.header("accept").startsWith("text/html,"));
    assertEquals("", request.header("cookie"));
  }

  @Test
  void cookiesAreNotKept() throws Exception {
    List<String> cookies = new CopyOnWriteArrayList<>();
    site.route(
        "/a",
        Route.by(request -> {
          cookies.add(request.header("cookie"));
          return Answer.html("").with("Set-Cookie: a=b");
        }));
    fetch("/a", Fetched.class);
    fetch("/a", Fetched.class);
    assertEquals(List.of("", ""), cookies);
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    site.html("/a", "a").html("/b", "b");
    for (int i = 0; i < 5; i++) {
      fetch("/a", Fetched.class);
      fetch("/b", Fetched.class);
      fetch("/none", Rejected.class);
    }
    assertEquals(1, site.connections());
    assertEquals(15, site.log().size());
  }

  @Test
  void aBodyOverTheLimitIsCut() throws Exception {
    byte[] body = new byte[3 * LIMIT];
    body[LIMIT - 1] = 7;
    site.route("/a", Answer.of(200, "application/octet-stream", body)).html("/b", "b");
    Fetched fetched = fetch("/a", Fetched.class);
    assertTrue(fetched.truncated());
    assertEquals(LIMIT, fetched.body().length);
    assertEquals(7, fetched.body()[LIMIT - 1]);
    fetch("/b", Fetched.class);
    assertEquals(2, site.connections());
  }

  @Test
  void aBodyAtTheLimitIsWhole() throws Exception {
    site.route("/a", Answer.of(200, "text/plain", new byte[LIMIT]));
    Fetched fetched = fetch("/a", Fetched.class);
    assertFalse(fetched.truncated());
    assertEquals(LIMIT, fetched.body().length);
  }

  @Test
  void anEndlessBodyIsCut() throws Exception {
    site.route("/a", Misbehaviour.endless("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"));
    Fetched fetched = fetch("/a", Fetched.class);
    assertTrue(fetched.truncated());
    assertEquals(LIMIT, fetched.body().length);
    Eventually.holds(
        "the server is rid of it", () -> site.log().getFirst().endNs() < Long.MAX_VALUE);
  }

  @Test
  void aUrlThatFailedForNowGetsAConnectionOfItsOwnNextTime() throws Exception {
    site.html("/a", "a").route("/b", Answer.status(503));
    fetch("/a", Fetched.class);
    fetch("/b", Deferred.class);
    assertEquals(1, site.connections());
    fetch("/b", Deferred.class);
    assertEquals(2, site.connections());
    fetch("/a", Fetched.class);
    assertEquals(2, site.connections());
  }

  @Test
  void oneDeadConnectionTellsOfTheOthers() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger waiting = new AtomicInteger();
    site.route(
        "/a",
        Route.by(_ -> {
          waiting.incrementAndGet();
          Eventually.holds("all are there", () -> waiting.get() >= 4);
          return Answer.html("a");
        }));
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofVirtual().start(() -> fetchQuietly("/a")));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4, site.connections());
    assertEquals(4, site.log().size());
    site.dropConnections();
    assertTrue(fetch("/a", Deferred.class).untaken());
    fetch("/a", Fetched.class);
    assertEquals(5, site.log().size(), () -> site.log().toString());
  }

  @Test
  void aNewConnectionThatIsResetWasTaken() throws Exception {
    site.route("/a", Misbehaviour.resetting());
    assertFalse(fetch("/a", Deferred.class).untaken());
    assertEquals(1, site.log().size());
  }

  @Test
  void aHostOfItsOwnAddressIsAskedByName() throws Exception {
    site.html("/a", "a");
    Fetching.fetch(fetcher, "http://site.example:" + site.port() + "/a", Fetched.class);
    assertEquals("site.example:" + site.port(), site.log().getFirst().host());
  }

  @Test
  void anInterruptEndsAFetchAtOnce() throws Exception {
    site.route("/a", Misbehaviour.hangingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                fetcher.fetch(Fetching.url(site.url("/a")), Fetching.LIMIT);
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    Eventually.holds("the request is under way", () -> !site.log().isEmpty());
    thread.interrupt();
    assertTrue(thread.join(Duration.ofMinutes(2)));
    assertTrue(interrupted.get());
    Eventually.holds(
        "the server is rid of it", () -> site.log().getFirst().endNs() < Long.MAX_VALUE);
  }

  @Test
  void theCallersLimitHolds() throws Exception {
    site.route("/a", Misbehaviour.hangingAfter("HTTP/1.1 200 OK\r\n"));
    FetchOutcome outcome = fetcher.fetch(Fetching.url(site.url("/a")), Duration.ofMillis(200));
    assertEquals("timeout", ((Deferred) outcome).reason());
  }

  @Test
  void noRequestStartsWhenTheTimeIsOver() throws Exception {
    site.html("/a", "a");
    for (Duration over : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      FetchOutcome outcome = fetcher.fetch(Fetching.url(site.url("/a")), over);
      assertEquals("timeout", ((Deferred) outcome).reason());
    }
    assertEquals(List.of(), site.log());
  }

  private <T extends FetchOutcome> T fetch(String target, Class<T> expected)
      throws InterruptedException {
    return Fetching.fetch(fetcher, site.url(target), expected);
  }

  private void fetchQuietly(String target) {
    try {
      fetch(target, Fetched.class);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
