package io.fcrawler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Set<String> images = ConcurrentHashMap.newKeySet();
  private final CountDownLatch pullMayEnd = new CountDownLatch(1);
  private HttpServer server;

  @TempDir Path dir;

  DockerEngineTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    pullMayEnd.countDown();
    server.stop(0);
  }

  @Test
  void anEngineThatHasTheImageWillDo() {
    images.add("redis:7");

    assertEquals("", engine(Duration.ofSeconds(10)).whyNot("redis:7"));
  }

  @Test
  void anImageIsPulledWhereItCanBe() {
    pullMayEnd.countDown();

    assertEquals("", engine(Duration.ofSeconds(10)).whyNot("apache/kafka:4.3.1"));
    assertEquals(Set.of("apache/kafka:4.3.1"), images);
  }

  @Test
  void aPullThatHangsIsGivenUp() {
    assertEquals(
        "the Docker engine has no image redis:7 and could not pull it (limit 0 s)",
        engine(Duration.ofMillis(50)).whyNot("redis:7"));
  }

  @Test
  void anAbsentSocketMeansNoEngine() {
    String host = "unix://" + dir.resolve("docker.sock");

    assertEquals(
        "no Docker engine answers at " + host,
        new DockerEngine(host, Duration.ofSeconds(10), true).whyNot("redis:7"));
  }

  @Test
  void aListenerThatSaysNothingMeansNoEngine() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
      String host = "tcp://127.0.0.1:" + silent.getLocalPort();

      assertEquals(
          "no Docker engine answers at " + host,
          new DockerEngine(host, Duration.ofSeconds(10), true).whyNot("redis:7"));
    }
  }

  @Test
  void anEngineWhoseContainersMayBeAnywhereIsNotUsed() {
    images.add("redis:7");

    String why = engine(Duration.ofSeconds(10), false).whyNot("redis:7");

    assertTrue(why.contains("TESTCONTAINERS_HOST_OVERRIDE"), why);
  }

  private DockerEngine engine(Duration pullLimit) {
    return engine(pullLimit, true);
  }

  private DockerEngine engine(Duration pullLimit, boolean knowsWhereContainersAre) {
    String host = "tcp://127.0.0.1:" + server.getAddress().getPort();
    return new DockerEngine(host, pullLimit, knowsWhereContainersAre);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/images/create")) {
      awaitPull();
      images.add(exchange.getRequestURI().getQuery().substring("fromImage=".length()));
    }
    boolean known =
        !path.endsWith("/json")
            || images.contains(path.substring("/images/".length(), path.lastIndexOf('/')));
    exchange.sendResponseHeaders(known ? 200 : 404, -1);
    exchange.close();
  }

  private void awaitPull() {
    try {
      pullMayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
