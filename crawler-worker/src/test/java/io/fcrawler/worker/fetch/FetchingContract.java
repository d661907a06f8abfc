package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of a standard share: a site, a fetcher, and what one makes of the other. */
abstract class FetchingContract {
  static final int LIMIT = 1 << 20;
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

  SiteServer site;
  OkHttpFetcher fetcher;

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

  final <T extends FetchOutcome> T fetch(String target, Class<T> expected)
      throws InterruptedException {
    return Fetching.fetch(fetcher, site.url(target), expected);
  }

  /** The body that is read of an answer that is sent like this, before the connection closes. */
  final String body(String bytes) throws InterruptedException {
    site.route("/a", Misbehaviour.sending(bytes));
    return new String(fetch("/a", Fetched.class).body(), StandardCharsets.ISO_8859_1);
  }

  final void passing(String reason, int status, Route route) throws InterruptedException {
    site.route("/a", route);
    Deferred deferred = fetch("/a", Deferred.class);
    assertEquals(reason, deferred.reason());
    assertEquals(status, deferred.status());
    assertFalse(deferred.unconnectable());
    assertEquals(1, site.requests("/a"));
  }

  final void last(String reason, int status, Route route) throws InterruptedException {
    site.route("/a", route);
    Rejected rejected = fetch("/a", Rejected.class);
    assertEquals(reason, rejected.reason());
    assertEquals(status, rejected.status());
    assertFalse(rejected.unconnectable());
    assertEquals(1, site.requests("/a"));
  }
}
