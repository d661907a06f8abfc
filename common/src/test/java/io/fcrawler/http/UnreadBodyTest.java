package io.fcrawler.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.config.ListenSettings;
import io.javalin.http.ContentTooLargeResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that looks for its answer only once all its body is sent, as many do, gets it. */
class UnreadBodyTest {
  /** More than the buffers of a connection hold. */
  private static final int CHUNKS = 320;

  private static final byte[] CHUNK = new byte[1 << 16];

  private final WebServer server =
      WebServer.start(
          ListenSettings.onLoopback(0),
          Duration.ofSeconds(30),
          new SimpleMeterRegistry(),
          routes ->
              routes.post(
                  "/partly",
                  context -> {
                    context.req().getInputStream().readNBytes(100);
                    throw new ContentTooLargeResponse();
                  }));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /partly, a: b, 413",
    "POST, /partly, Origin: http://foreign.example, 403",
    "POST, /partly?a=%, a: b, 400",
    "POST, /partly, Content-Type: text/plain; charset=nope, 415",
    "POST, /nothing, a: b, 404",
    "PUT, /partly, a: b, 405"
  })
  void aBodyThatNobodyReadsIsTakenBeforeTheAnswer(
      String method, String path, String header, int status) throws IOException {
    String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n".formatted(method, path, header);

    assertEquals(status, answerAfter(head + "Transfer-Encoding: chunked\r\n\r\n", true));
    int length = CHUNKS * CHUNK.length;
    assertEquals(status, answerAfter(head + "Content-Length: " + length + "\r\n\r\n", false));
  }

  @Test
  void aClientThatWaitsForLeaveIsAnsweredWithoutIt() throws IOException {
    String head = "POST /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n";

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      write(socket, head + "Content-Length: 1000\r\n\r\n");
      assertEquals(404, status(socket));
    }
  }

  private int answerAfter(String head, boolean chunked) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      write(socket, head);
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < CHUNKS; i++) {
        write(socket, chunked ? "10000\r\n" : "");
        out.write(CHUNK);
        write(socket, chunked ? "\r\n" : "");
      }
      write(socket, chunked ? "0\r\n\r\n" : "");
      return status(socket);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static int status(Socket socket) throws IOException {
    var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
    return Integer.parseInt(new BufferedReader(in).readLine().split(" ", 3)[1]);
  }
}
