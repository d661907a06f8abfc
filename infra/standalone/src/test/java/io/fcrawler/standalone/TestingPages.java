package io.fcrawler.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fcrawler.embedded.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A site of so many pages, each of which takes its time, that counts how often each is asked. */
final class TestingPages implements AutoCloseable {
  private static final long SLOW_MS = 20;

  private final int pages;
  private final HttpServer server;
  private final Map<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();
  private volatile CountDownLatch open = new CountDownLatch(0);

  TestingPages(int pages) throws IOException {
    this.pages = pages;
    server = HttpServer.create(new InetSocketAddress(Loopback.ADDRESS, 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** The seed by which it is known. */
  String seed() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests for pages so far. */
  int requests() {
    return asked.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** Requests beyond the first of each page. */
  int repeated() {
    return requests() - asked.size();
  }

  /** From now on requests wait for {@link #letGo}. */
  void hold() {
    open = new CountDownLatch(1);
  }

  void letGo() {
    open.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!path.matches("/\\d*")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int page = path.equals("/") ? 0 : Integer.parseInt(path.substring(1));
      asked.computeIfAbsent(page, _ -> new AtomicInteger()).incrementAndGet();
      TimeUnit.MILLISECONDS.sleep(SLOW_MS); // the site's own time to answer
      open.await();
      send(exchange, page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, int page) throws IOException {
    StringBuilder html = new StringBuilder("<a href=/>top</a>");
    for (int link = 3 * page + 1; link <= 3 * page + 3 && link < pages; link++) {
      html.append("<a href=/").append(link).append(">x</a>");
    }
    byte[] body = html.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
  }
}
