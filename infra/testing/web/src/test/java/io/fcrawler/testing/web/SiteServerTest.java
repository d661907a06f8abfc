package io.fcrawler.testing.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SiteServerTest {
  private SiteServer server;

  @BeforeEach
  void start() throws IOException {
    server = SiteServer.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Sends a request for a host on a connection of its own, and keeps the connection. */
  private Socket send(String host, String target) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: chaos/worker-2\r\n\r\n".formatted(target, host);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private String get(String host, String target) throws IOException {
    try (Socket socket = send(host, target)) {
      byte[] answer = new byte[300];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(length, 0), US_ASCII);
    }
  }

  @Test
  void itAnswersAsTheSiteSaysAndLogsEachRequest() throws IOException {
    String start = "http://a.example:80/";
    server.serve(
        new Site(
            start,
            Map.of(
                start,
                Page.html("start", List.of(start + "x")),
                start + "x?y=1",
                Page.redirect(301, start))));
    assertTrue(get("a.example:80", "/").startsWith("HTTP/1.1 200 "));
    assertTrue(get("a.example:80", "/x?y=1").contains("\r\nLocation: " + start + "\r\n"));
    assertTrue(get("a.example:80", "/x").startsWith("HTTP/1.1 404 "));
    assertTrue(get("b.example:80", "/").startsWith("HTTP/1.1 404 "));
    assertTrue(get("b.example:80", "/robots.txt").contains("Disallow: /private"));
    List<Visit> visits = server.log();
    assertEquals(5, visits.size());
    assertEquals("a.example", visits.getFirst().hostName());
    assertEquals(start, visits.getFirst().url());
    assertEquals("chaos/worker-2", visits.getFirst().agent());
    assertTrue(visits.stream().allMatch(Visit::isOver));
    assertEquals(List.of(visits.getLast()), visits.stream().filter(Visit::isRobots).toList());
  }

  @Test
  void whatIsGivenByPathIsThereForEveryHost() throws IOException {
    server.page("/a", Page.file("text/plain", "words"));
    assertTrue(get("a.example", "/a?b=c").endsWith("\r\n\r\nwords"));
    assertTrue(get("b.example", "/a").contains("Content-Type: text/plain\r\n"));
    assertEquals(1, server.requests("/a?b=c"));
  }

  @Test
  void aRequestEndsWhenItsClientIsGone() throws IOException {
    server.page("/slow", Page.html("", List.of()).after(Duration.ofHours(1)));
    send("a.example", "/slow").close();
    await(() -> server.log().stream().anyMatch(Visit::isOver));
  }

  @Test
  void theLogOfAPageIsOverWhenItsAnswerIsThere() throws IOException {
    server.page("/slow", Page.html("", List.of()).after(Duration.ofMillis(30)));
    assertTrue(get("a.example", "/slow").startsWith("HTTP/1.1 200 "));
    Visit visit = server.log().getFirst();
    assertTrue(visit.isOver());
    assertTrue(visit.endNs() - visit.startNs() >= 29_000_000, visit::toString);
  }

  @Test
  void aPageMayFailAtFirst() throws IOException {
    server.page("/a", Page.html("", List.of()).failingFirst(2));
    assertTrue(get("a.example", "/a").startsWith("HTTP/1.1 503 "));
    assertTrue(get("a.example", "/a").startsWith("HTTP/1.1 503 "));
    assertTrue(get("a.example", "/a").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void pagesThatAreHeldWaitUntilLetGo() throws IOException {
    server.page("/a", Page.html("", List.of()));
    server.hold();
    try (Socket socket = send("a.example", "/a")) {
      await(() -> !server.log().isEmpty());
      assertFalse(server.log().getFirst().isOver());
      server.letGo();
      assertEquals('H', socket.getInputStream().read());
    }
  }

  @Test
  void aConnectionIsKeptUntilItIsDropped() throws Exception {
    server.html("/a", "a");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.url("/a"));
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals("a", answer.body());
      }
      assertEquals(1, server.connections());
      server.dropConnections();
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      socket.getOutputStream().write(22); // as a TLS handshake begins
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
    assertEquals(List.of(), server.log());
  }

  private interface Condition {
    boolean holds();
  }

  /** Waits; the test's limit of time ends it. */
  private static void await(Condition condition) {
    while (!condition.holds()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
