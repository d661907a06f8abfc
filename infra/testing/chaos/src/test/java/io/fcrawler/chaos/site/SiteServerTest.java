package io.fcrawler.chaos.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class SiteServerTest {
  private static final String AGENT = "User-Agent: chaos/worker-2\r\n\r\n";

  private static String get(SiteServer server, String url) throws IOException {
    String rest = url.substring("http://".length());
    String host = rest.substring(0, rest.indexOf('/'));
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\n%s".formatted(rest.substring(host.length()), host, AGENT);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[300];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII);
    }
  }

  @Test
  void itAnswersAsTheSiteSaysAndLogsEachRequest() throws IOException {
    try (SiteServer server = SiteServer.start()) {
      Web web = new Web(new Random(1), server.port());
      server.serve(web);
      SeedSite site = web.again();
      assertTrue(get(server, site.startUrl()).startsWith("HTTP/1.1 200 "));
      assertTrue(get(server, site.url(site.name(), "/nowhere")).startsWith("HTTP/1.1 404 "));
      assertTrue(get(server, site.url(site.name(), "/robots.txt")).contains("Disallow: /private"));
      List<Visit> visits = server.visits();
      assertEquals(3, visits.size());
      assertEquals(site.name(), visits.getFirst().host());
      assertEquals(site.startUrl(), visits.getFirst().url());
      assertEquals("worker-2", visits.getFirst().worker());
    }
  }

  @Test
  void aRequestEndsWhenItsClientIsGone() throws IOException {
    try (SiteServer server = SiteServer.start()) {
      Web web = new Web(new Random(1), server.port());
      server.serve(web);
      String slow =
          web.wide().pages().entrySet().stream()
              .filter(entry -> entry.getValue().delayMs() > 1500)
              .findFirst()
              .orElseThrow()
              .getKey();
      String rest = slow.substring("http://".length());
      String host = rest.substring(0, rest.indexOf('/'));
      try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
        String request =
            "GET %s HTTP/1.1\r\nHost: %s\r\n%s"
                .formatted(rest.substring(host.length()), host, AGENT);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
      while (server.visits().isEmpty()) {
        LockSupport.parkNanos(1_000_000);
      }
      Visit visit = server.visits().getFirst();
      assertTrue(visit.endedNs() - visit.beganNs() < 1_400_000_000L, visit::toString);
    }
  }

  @Test
  void websAreTheSameForTheSameNumberAndReachAlmostAllOfTheirPages() {
    Web web = new Web(new Random(3), 80);
    assertEquals(web.all(), new Web(new Random(3), 80).all());
    assertNotEquals(web.all(), new Web(new Random(4), 80).all());
    for (SeedSite site : web.all()) {
      Truth truth = site.truth();
      assertTrue(site.pages().keySet().stream().allMatch(truth::reaches), site::id);
    }
    for (SeedSite site : List.of(web.paced(), web.wide(), web.again(), web.late().getFirst())) {
      assertFalse(site.truth().failed().isEmpty(), site::id);
    }
    assertTrue(web.all().stream().anyMatch(site -> site.truth().excluded() > 0));
  }
}
