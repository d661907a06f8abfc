package io.fcrawler.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback that answers by a script. The last answer to a request is given again and
 * again; what is not scripted is answered as the API answers an unknown seed.
 */
public final class TestingApi implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  private record Answer(int status, String type, String body) {}

  public TestingApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Adds an answer.
   *
   * @param request as {@code GET /path?query}
   */
  public TestingApi on(String request, int status, String json) {
    return on(request, status, "application/json", json);
  }

  public TestingApi refuse(String request, int status, String detail) {
    String problem =
        "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(status, detail);
    return on(request, status, "application/problem+json", problem);
  }

  public TestingApi on(String request, int status, String type, String body) {
    script.computeIfAbsent(request, any -> new ArrayDeque<>()).add(new Answer(status, type, body));
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests, as {@code GET /path?query}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The bodies of all requests. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(request);
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Answer answer = answer(request);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer answer(String request) {
    Deque<Answer> answers = script.get(request);
    if (answers == null) {
      return new Answer(404, "application/problem+json", "{\"detail\":\"not scripted\"}");
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
