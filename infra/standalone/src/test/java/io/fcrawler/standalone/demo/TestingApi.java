package io.fcrawler.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An API that gives prepared answers, those to progress one after the other. */
final class TestingApi implements AutoCloseable {
  private final HttpServer server;
  private final Deque<String> progress;
  private final String failures;
  private String submission = "";

  TestingApi(List<String> progress, String failures) throws IOException {
    this.progress = new ArrayDeque<>(progress);
    this.failures = failures;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  String submission() {
    return submission;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (path.equals("/api/submit")) {
        submission = new String(request, StandardCharsets.UTF_8);
      }
      byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String body(String path) {
    if (path.endsWith("/failures")) {
      return failures;
    }
    if (path.endsWith("/receipt")) {
      return "{\"verdict\":\"clean\",\"fingerprints\":1,\"differences\":[]}";
    }
    return progress.size() > 1 ? progress.remove() : progress.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
