package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.ListenSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
  /** Longer than the timeout of a container, as a loaded machine may take that long. */
  private static final int PATIENT_MS = 60_000;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private int check(String... args) {
    return check(PATIENT_MS, args);
  }

  private int check(int timeoutMs, String... args) {
    var out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return HealthCheck.run(out, timeoutMs, args);
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void aProgramThatIsReadyIsHealthyAndOneThatIsNotSaysWhy() {
    AtomicBoolean up = new AtomicBoolean(true);
    List<Check> checks = List.of(Check.reachable("redis", up::get));
    try (Metrics metrics = new Metrics("test");
        OpsServer server = OpsServer.start(ListenSettings.onLoopback(0), metrics, checks, "1")) {
      String url = "http://127.0.0.1:" + server.port() + "/readyz";
      assertEquals(0, check(url));
      assertEquals("", output());
      up.set(false);
      assertEquals(1, check(url));
    }
    assertTrue(output().startsWith("503 Service Unavailable: {\"status\":\"not ready\""), output());
  }

  @Test
  void theBodyIsCutAndKeptOnOneLine() throws IOException {
    assertEquals(1, checkAnswered("HTTP/1.1 500 Oh\r\nA: b\r\n\r\na\nb" + "c".repeat(300)));
    assertEquals("500 Oh: a b" + "c".repeat(197), output());
  }

  @Test
  void whatIsNotHttpIsNotHealthy() throws IOException {
    assertEquals(1, checkAnswered("+PONG 200 \r\n"));
    assertEquals("the answer is not one of HTTP", output());
  }

  @Test
  void nothingThatListensIsNotHealthy() throws IOException {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    closed.close();
    String url = "http://127.0.0.1:" + closed.getLocalPort() + "/readyz";
    assertEquals(1, check(url));
    assertTrue(output().startsWith(url + " does not answer: "), output());
  }

  @Test
  void whatListensAndSaysNothingIsNotHealthy() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/readyz";
      assertEquals(1, check(50, url));
      assertEquals(url + " does not answer: Read timed out", output());
    }
  }

  @Test
  void wrongUsageIsToldApart() {
    for (String[] args : new String[][] {{}, {"127.0.0.1:3001"}, {"http://a", "http://b"}}) {
      assertEquals(2, check(args));
    }
    assertTrue(output().startsWith("Usage: "), output());
  }

  private int checkAnswered(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = Thread.ofVirtual().start(() -> answer(server, answer));
      int exit = check("http://127.0.0.1:" + server.getLocalPort());
      thread.join();
      return exit;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[1000];
      assertTrue(socket.getInputStream().read(request) > 0);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
