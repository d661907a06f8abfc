package io.fcrawler.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawLimitTest {
  private final ConcurrentLinkedQueue<String> requested = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyUrlIsRequestedOnceAndCounted() throws Exception {
    List<String> paths =
        Stream.concat(
                IntStream.range(0, 50).mapToObj(i -> "/page-" + i), Stream.of("/missing", "/file"))
            .toList();

    String json = new RawLimit(paths.stream().map(this::url).toList()).measure(4);

    assertEquals(paths.stream().sorted().toList(), requested.stream().sorted().toList());
    assertTrue(json.contains("\"urls\":52,\"ok\":51,\"failed\":1,"), json);
    assertTrue(json.contains("\"links\":100,"), json);
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    stop();

    String json = new RawLimit(List.of(url("/"))).measure(1);

    assertTrue(json.contains("\"ok\":0,\"failed\":1,"), json);
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requested.add(path);
      String type = path.startsWith("/page") ? "text/html" : "text/plain";
      exchange.getResponseHeaders().set("Content-Type", type);
      byte[] body = "<a href=/a>a</a><a href=b>b</a>".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
