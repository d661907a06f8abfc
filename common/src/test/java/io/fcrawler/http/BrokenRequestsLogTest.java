package io.fcrawler.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.ListenSettings;
import io.fcrawler.testing.ProgramLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients break is no fault of this server, and fills no log. */
@Timeout(300)
@Isolated("it configures logging")
class BrokenRequestsLogTest {
  private static final int TIMES = 30;
  private static final byte[] LARGE = new byte[32 << 20];

  /** A permit for each request that came as far as to a route. */
  private final Semaphore arrived = new Semaphore(0);

  private final WebServer server =
      WebServer.start(
          ListenSettings.onLoopback(0),
          Duration.ofSeconds(30),
          new SimpleMeterRegistry(),
          routes -> {
            routes.before(_ -> arrived.release());
            routes.post("/whole", context -> context.result(context.body()));
            routes.post("/stream", context -> context.req().getInputStream().readAllBytes());
            routes.post("/unread", context -> context.result("fine"));
            routes.get("/large", context -> context.result(LARGE));
          });
  private final ProgramLog log = new ProgramLog();

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/whole, false",
    "/whole, true",
    "/stream, false",
    "/stream, true",
    "/unread, false",
    "/unread, true"
  })
  void aClientThatHangsUpInMidBodyIsNotALineInTheLog(String path, boolean abruptly)
      throws IOException {
    for (String length : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
      for (int i = 0; i < TIMES; i++) {
        hangUpAfter("POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n5\r\nab", path, length, abruptly);
      }
    }
    server.close(); // waits for those under way
    assertEquals(List.of(), log.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientThatHangsUpInMidAnswerIsNotALineInTheLog(boolean abruptly) throws IOException {
    for (int i = 0; i < 3; i++) {
      hangUpAfter("GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n", "/large", "a: b", abruptly);
    }
    server.close();
    assertEquals(List.of(), log.lines());
  }

  private void hangUpAfter(String request, String path, String header, boolean abruptly)
      throws IOException {
    try (Socket socket = connect()) {
      write(socket, request.formatted(path, header));
      arrived.acquireUninterruptibly();
      if (abruptly) {
        socket.setSoLinger(true, 0);
      }
    }
  }

  @Test
  void aHostThatIsNoneIsNotALineInTheLog() throws IOException {
    for (String host : List.of("a:b", "[", "[::1", "::1", "a b", "a:99999", ":", "\"", "a:-1")) {
      for (String line : List.of("GET /large HTTP/1.1", "GET http://%s/ HTTP/1.1")) {
        String answer = answer(line.formatted(host) + "\r\nHost: " + host + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 4"), host + ": " + answer.lines().findFirst());
      }
    }
    assertEquals(List.of(), log.lines());
  }

  private String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readNBytes(1000), StandardCharsets.ISO_8859_1);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }
}
