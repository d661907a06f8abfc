package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to fail over plain HTTP, against a server that fails so. */
class FailuresTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofMillis(300);

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

  @Test
  void aConnectionClosedWithoutAnAnswer() throws Exception {
    passing("connection_reset", 0, Misbehaviour.closing());
  }

  @Test
  void aConnectionResetWithoutAnAnswer() throws Exception {
    passing("connection_reset", 0, Misbehaviour.resetting());
  }

  @Test
  void aHeaderThatIsCut() throws Exception {
    passing("incomplete_header", 0, Misbehaviour.sending("HTTP/1.1 200 OK\r\nContent-Ty"));
  }

  @Test
  void aHeaderWithoutEnd() throws Exception {
    passing("incomplete_header", 0, Misbehaviour.headerFlood());
  }

  @Test
  void aFloodOfHeaderLines() throws Exception {
    passing("incomplete_header", 0, Misbehaviour.flooding(OK, "X: y\r\n"));
  }

  @Test
  void aConnectionResetWithinTheBody() throws Exception {
    site.route("/a", Misbehaviour.resettingAfter(OK + "Content-Length: 10\r\n\r\nabc"));
    Deferred deferred = Fetching.fetch(fetcher, site.url("/a"), Deferred.class);
    assertEquals("connection_reset", deferred.reason());
  }

  @Test
  void aHeaderThatDoesNotCome() throws Exception {
    timeouts(LONG, SHORT, LONG);
    passing("timeout", 0, Misbehaviour.hangingAfter("HTTP/1.1 200 OK\r\n"));
  }

  @Test
  void aHeaderThatDrips() throws Exception {
    timeouts(LONG, LONG, SHORT);
    passing("timeout", 0, Misbehaviour.dripping("HTTP/1.1 200 OK\r\nX: "));
  }

  @Test
  void aBodyThatDoesNotCome() throws Exception {
    timeouts(LONG, SHORT, LONG);
    passing("timeout", 200, Misbehaviour.hangingAfter(OK + "Content-Length: 9\r\n\r\nabc"));
  }

  @Test
  void aCallThatTakesTooLong() throws Exception {
    timeouts(LONG, LONG, SHORT);
    passing("timeout", 200, Misbehaviour.hangingAfter(OK + "Content-Length: 9\r\n\r\nabc"));
  }

  @Test
  void aPortAtWhichNothingListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Deferred deferred = Fetching.fetch(fetcher, "http://127.0.0.1:" + port + "/", Deferred.class);
    assertEquals("connection_refused", deferred.reason());
    assertTrue(deferred.unconnectable());
  }

  @Test
  void aPortThatDoesNotAnswer() throws Exception {
    timeouts(SHORT, LONG, LONG);
    List<Socket> backlog = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(silent, backlog);
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      Deferred deferred = Fetching.fetch(fetcher, url, Deferred.class);
      assertEquals("connect_timeout", deferred.reason());
      assertTrue(deferred.unconnectable());
    } finally {
      for (Socket socket : backlog) {
        socket.close();
      }
    }
  }

  /** Connects until the kernel takes no more, as no one accepts. */
  private static void fill(ServerSocket silent, List<Socket> backlog) throws IOException {
    while (backlog.size() < 100) {
      Socket socket = new Socket();
      backlog.add(socket);
      try {
        socket.connect(new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new AssertionError("a backlog without end");
  }

  @Test
  void anAddressToWhichThereIsNoWay() throws Exception {
    fetcher.close();
    fetcher =
        new OkHttpFetcher(
            FetchSettings.DEFAULT.withAddresses(
                AddressPolicy.parse("255.255.255.255"), HostOverrides.NONE));
    Deferred deferred = Fetching.fetch(fetcher, "http://255.255.255.255/", Deferred.class);
    assertEquals("unreachable", deferred.reason());
    assertTrue(deferred.unconnectable());
  }

  @Test
  void aHostThatDoesNotExist() throws Exception {
    resolving("a.example: Name or service not known");
    Rejected rejected = Fetching.fetch(fetcher, "http://a.example/", Rejected.class);
    assertEquals("dns", rejected.reason());
    assertFalse(rejected.unconnectable());
  }

  @Test
  void aNameServerThatFails() throws Exception {
    resolving("a.example: Temporary failure in name resolution");
    Deferred deferred = Fetching.fetch(fetcher, "http://a.example/", Deferred.class);
    assertEquals("dns_temporary", deferred.reason());
    assertFalse(deferred.unconnectable());
  }

  private void resolving(String failure) {
    fetcher.close();
    SystemResolver failing =
        new SystemResolver(
            host -> {
              throw new UnknownHostException(failure);
            },
            LONG);
    fetcher =
        new OkHttpFetcher(Fetching.loopback(), failing, Tls.system()::configure, Clock.systemUTC());
  }

  private void timeouts(Duration connect, Duration read, Duration call) {
    fetcher.close();
    fetcher = new OkHttpFetcher(Fetching.loopback().withTimeouts(connect, read, call));
  }

  private void passing(String reason, int status, Route route) throws InterruptedException {
    site.route("/a", route);
    Deferred deferred = Fetching.fetch(fetcher, site.url("/a"), Deferred.class);
    assertEquals(reason, deferred.reason());
    assertEquals(status, deferred.status());
    assertFalse(deferred.unconnectable());
    assertEquals(1, site.requests("/a"));
  }
}
