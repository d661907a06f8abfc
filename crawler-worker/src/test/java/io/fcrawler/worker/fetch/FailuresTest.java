package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.testing.Answer;
import io.fcrawler.worker.testing.Misbehaviour;
import io.fcrawler.worker.testing.Route;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to fail over plain HTTP, against a server that fails so. */
class FailuresTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofMillis(300);

  private TestingSite site;
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    site = TestingSite.start();
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
    Route flood =
        (request, socket, out) -> {
          out.write(OK.getBytes(StandardCharsets.US_ASCII));
          while (!Thread.interrupted()) {
            out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          return false;
        };
    passing("incomplete_header", 0, flood);
  }

  @Test
  void anAnswerThatIsNotHttp() throws Exception {
    last("protocol_error", 0, Misbehaviour.sending("220 smtp.example ESMTP\r\n"));
  }

  @Test
  void anAnswerWithoutHeader() throws Exception {
    last("protocol_error", 0, Misbehaviour.sending("<html>\r\n\r\n"));
  }

  @Test
  void aBodyShorterThanAnnounced() throws Exception {
    passing("truncated_body", 200, Misbehaviour.sending(OK + "Content-Length: 10\r\n\r\nabc"));
  }

  @Test
  void aLongBodyShorterThanAnnounced() throws Exception {
    passing("truncated_body", 200, Misbehaviour.sending(OK + "Content-Length: 1000000\r\n\r\nabc"));
  }

  @Test
  void aBodyCutWithinAChunk() throws Exception {
    passing(
        "truncated_body",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"));
  }

  @Test
  void aBodyCutBetweenChunks() throws Exception {
    passing(
        "truncated_body",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
  }

  @Test
  void aChunkWithoutLength() throws Exception {
    last(
        "protocol_error",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n"));
  }

  @Test
  void aConnectionResetWithinTheBody() throws Exception {
    Route route =
        (request, socket, out) -> {
          out.write((OK + "Content-Length: 10\r\n\r\nabc").getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.setSoLinger(true, 0);
          return false;
        };
    site.route("/a", route);
    Deferred deferred = Fetching.fetch(fetcher, site.url("/a"), Deferred.class);
    assertEquals("connection_reset", deferred.reason());
  }

  @Test
  void aBodyThatIsNotCompressedAsItSays() throws Exception {
    last("bad_encoding", 200, Route.of(Answer.html("plain text").with("Content-Encoding: gzip")));
  }

  @Test
  void aBodyThatIsNoBrotli() throws Exception {
    byte[] body = new byte[100];
    Arrays.fill(body, (byte) 0xff);
    last(
        "bad_encoding",
        200,
        Route.of(Answer.of(200, "text/html", body).with("Content-Encoding: br")));
  }

  @Test
  void aCompressedBodyThatIsCut() throws Exception {
    Answer whole = Answer.html("abcdefgh".repeat(1000)).gzip();
    byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
    passing("truncated_body", 200, Route.of(new Answer(200, whole.headers(), half)));
  }

  @Test
  void aCompressedBodyWhoseChecksumIsWrong() throws Exception {
    Answer whole = Answer.html("abcdefgh".repeat(1000)).gzip();
    byte[] wrong = whole.body().clone();
    wrong[wrong.length - 5] ^= 1;
    last("bad_encoding", 200, Route.of(new Answer(200, whole.headers(), wrong)));
  }

  @Test
  void aHeaderThatDoesNotCome() throws Exception {
    timeouts(LONG, SHORT, LONG);
    passing("timeout", 0, Misbehaviour.hangingAfter("HTTP/1.1 200 OK\r\n"));
  }

  @Test
  void aHeaderThatDrips() throws Exception {
    timeouts(LONG, LONG, SHORT);
    Route drip =
        (request, socket, out) -> {
          out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
          while (!Thread.interrupted()) {
            out.write('x');
            out.flush();
            LockSupport.parkNanos(10_000_000);
          }
          return false;
        };
    passing("timeout", 0, drip);
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

  private void last(String reason, int status, Route route) throws InterruptedException {
    site.route("/a", route);
    Rejected rejected = Fetching.fetch(fetcher, site.url("/a"), Rejected.class);
    assertEquals(reason, rejected.reason());
    assertEquals(status, rejected.status());
    assertFalse(rejected.unconnectable());
    assertEquals(1, site.requests("/a"));
  }
}
