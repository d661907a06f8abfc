package io.fcrawler.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.ListenSettings;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingHttp;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final WebServer server =
      WebServer.start(
          new ListenSettings(ListenSettings.onLoopback(0).bind(), 0, Set.of("known.example")),
          Duration.ofSeconds(30),
          registry,
          this::routes);
  private final int port = server.port();
  private final TestingHttp http = new TestingHttp(port);

  private void routes(RoutesConfig routes) {
    routes.get("/echo/{text}", context -> context.result(context.pathParam("text")));
    routes.post("/size", context -> context.result(String.valueOf(context.bodyAsBytes().length)));
    routes.get("/query", context -> context.result(String.valueOf(context.queryParam("a"))));
    routes.get("/thread", context -> context.result("" + Thread.currentThread().isVirtual()));
    routes.get(
        "/bug",
        _ -> {
          throw new IllegalStateException("secret");
        });
    routes.get(
        "/error",
        _ -> {
          throw new StackOverflowError("secret");
        });
    routes.get(
        "/slow",
        context -> {
          arrived.countDown();
          mayEnd.await();
          context.result("ended");
        });
  }

  @AfterEach
  void stop() {
    mayEnd.countDown();
    http.close();
    server.close();
  }

  @Test
  void requestsRunOnVirtualThreads() {
    assertEquals("true", http.get("/thread").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1%3A8088", "127.0.0.1:8088", "%5B%3A%3A1%5D%3a80", "a%20b"})
  void pathParametersAreDecoded(String text) {
    String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);

    assertEquals(decoded, http.get("/echo/" + text).body());
  }

  @Test
  void theRoutesAreKnown() {
    assertEquals(
        List.of(
            "GET /bug",
            "GET /echo/{text}",
            "GET /error",
            "GET /query",
            "GET /slow",
            "GET /thread",
            "POST /size"),
        server.routes().stream().sorted().toList());
  }

  @Test
  void anUnknownPathIsAProblem() {
    assertProblem(404, "There is nothing at this path", http.get("/nothing"));
  }

  @Test
  void anotherMethodIsAProblemThatNamesTheRightOnes() {
    HttpResponse<String> answer = http.call("DELETE", "/echo/a");

    assertProblem(405, "This path takes GET, HEAD, OPTIONS.", answer);
    assertEquals("GET, HEAD, OPTIONS", TestingHttp.header(answer, "Allow"));
    assertProblem(405, "This path takes POST, OPTIONS.", http.get("/size"));
    assertProblem(405, "This path takes POST, OPTIONS.", http.call("FOO", "/size"));
  }

  @Test
  void optionsNamesTheMethods() {
    HttpResponse<String> answer = http.call("OPTIONS", "/size");

    assertEquals(204, answer.statusCode());
    assertEquals("POST, OPTIONS", TestingHttp.header(answer, "Allow"));
    assertEquals(404, http.call("OPTIONS", "/nothing").statusCode());
  }

  @Test
  void headIsGetWithoutTheBody() {
    HttpResponse<String> answer = http.call("HEAD", "/echo/a");

    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void aBugIsAProblemThatTellsNothingOfIt() {
    for (String path : List.of("/bug", "/error")) {
      HttpResponse<String> answer = http.get(path);

      assertProblem(500, "This request failed in the program", answer);
      assertFalse(answer.body().contains("secret"), answer.body());
    }
  }

  @Test
  void aBodyOfAMebibyteIsTakenAndALargerOneRefused() {
    byte[] body = new byte[WebServer.MAX_BODY_BYTES + 1];
    var whole = BodyPublishers.ofByteArray(body, 0, body.length - 1);
    var large = BodyPublishers.ofByteArray(body);
    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));

    assertEquals("1048576", http.send(http.request("/size").POST(whole)).body());
    assertProblem(413, "larger than 1048576 bytes", http.send(http.request("/size").POST(large)));
    assertProblem(413, "larger than 1048576 bytes", http.send(http.request("/size").POST(chunked)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /echo/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /echo/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /echo/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /echo/..;/x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /echo/a HTTP/1.1\r\n\r\n",
        "GET /echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET /echo/a HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /echo/a HTTQ/1.1\r\nHost: a\r\n\r\n",
        "POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET\r\n\r\n"
      })
  void whatTheServerItselfRefusesIsAProblemToo(String request) throws IOException {
    String answer = raw(request);

    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
    assertTrue(answer.contains("\"status\":4"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:3001",
        "10.0.0.7:3002", // a probe's, by the address of a pod
        "[::1]:3001",
        "[fd00::7]",
        "[::ffff:10.1.2.3]:3002", // of IPv4 within IPv6
        "submit-api",
        "127.1",
        "localhost:3001",
        "LOCALHOST.",
        "submit-api:3001", // Compose's name of a service
        "infra_crawler-worker_1:3002", // and of a container, for Prometheus
        "known.example",
        "KNOWN.example.:8443"
      })
  void addressesNamesWithoutADotAndListedNamesAreHosts(String host) throws IOException {
    String answer = raw("GET /echo/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "known.example.evil.example",
        "127.0.0.1.evil.example:3001",
        "a.b",
        "a.b.",
        "host.docker.internal:3001", // to be listed, as the next two are
        "submit-api.default.svc",
        "crawler-worker.default.svc.cluster.local:3002"
      })
  void anyRequestForAForeignHostIsRefused(String host) throws IOException {
    for (String line : List.of("GET /echo/a", "POST /size", "GET /nothing", "OPTIONS /size")) {
      String answer = raw(line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

      assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
      assertTrue(answer.contains("FCRAWLER_ALLOW_HOSTS"), answer);
      assertFalse(answer.contains("\r\n\r\na"), answer);
    }
  }

  @Test
  void aTargetForAForeignHostIsRefusedToo() throws IOException {
    String foreign = "GET http://evil.example/echo/a HTTP/1.1\r\nHost: ";

    assertTrue(raw(foreign + "127.0.0.1\r\n\r\n").startsWith("HTTP/1.1 4"));
    assertTrue(raw(foreign + "evil.example\r\n\r\n").startsWith("HTTP/1.1 4"));
  }

  @Test
  void aRequestOfOldWithoutAHostIsAnswered() throws IOException {
    assertTrue(raw("GET /echo/a HTTP/1.0\r\n\r\n").contains(" 200 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:3001",
        "Host: localhost|Origin: http://localhost|Sec-Fetch-Site: same-origin",
        "Host: known.example|Origin: https://known.example", // TLS ends at a proxy
        "Host: backend:3001|Origin: https://known.example", // and the proxy changes Host
        "Host: 127.0.0.1|Sec-Fetch-Site: none",
        "Host: 127.0.0.1"
      })
  void aPageOfThisServerAndAPersonMayChangeThings(String headers) throws IOException {
    String answer = posted(headers);

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:3001|Origin: https://evil.example",
        "Host: 127.0.0.1:3001|Origin: null",
        "Host: 127.0.0.1:3001|Origin:",
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:8080", // another server of this machine
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:3001|Origin: https://evil.example",
        "Host: localhost:3001|Origin: http://127.0.0.1:3001",
        "Host: 127.0.0.1|Sec-Fetch-Site: cross-site",
        "Host: 127.0.0.1|Sec-Fetch-Site: same-site",
        "Host: 127.0.0.1|Origin: http://127.0.0.1|Sec-Fetch-Site: cross-site"
      })
  void aPageOfAnotherSiteMayChangeNothing(String headers) throws IOException {
    String answer = posted(headers);

    assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void aForeignPageMayAskWhatBrowsersDoNotShowIt() throws IOException {
    String request = "GET /echo/a HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n";
    String answer = raw(request);

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertFalse(answer.contains("Access-Control-Allow"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=nope",
        "text/plain; charset=\"",
        "text/plain;charset=a b",
        "text/plain;charset=%",
        "text/plain; charset",
        "text/plain; charsettent-Length: 5",
        "a; charset="
      })
  void aCharsetThatIsNoneIsRefused(String type) throws IOException {
    for (String line : List.of("GET /query?a=b", "POST /size")) {
      String answer = raw(line + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\n\r\n");

      assertTrue(answer.startsWith("HTTP/1.1 415"), answer);
      assertTrue(answer.contains("The charset in Content-Type"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"charset=utf-8", "charset=\"UTF-8\"", "Charset=us-ascii", "x=y", ""})
  void aKnownCharsetIsTaken(String parameter) throws IOException {
    String type = "\r\nContent-Type: text/plain;" + parameter + "\r\n\r\n";

    assertTrue(raw("GET /query?a=%C3%BC HTTP/1.1\r\nHost: a" + type).startsWith("HTTP/1.1 200"));
    assertTrue(raw("POST /size HTTP/1.1\r\nHost: a" + type).startsWith("HTTP/1.1 200"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=5%", "%", "a=%zz", "%zz=1", "a=%c3", "a=b&c=%4", "a=%u0041"})
  void aQueryThatIsNotPercentEncodedIsNoErrorOfTheServer(String query) throws IOException {
    String answer = raw("GET /query?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertTrue(answer.startsWith(query.equals("a=%c3") ? "HTTP/1.1 200" : "HTTP/1.1 400"), answer);
  }

  @Test
  void itListensOnTheAddressThatIsGivenOnly() throws IOException {
    InetAddress other =
        InetAddress.ofLiteral("127.0.0.2"); // of the loopback network, as is 127.0.0.1

    assertThrows(IOException.class, () -> new Socket(other, port).close());
    ListenSettings all = new ListenSettings(InetAddress.ofLiteral("0.0.0.0"), 0, Set.of());
    try (WebServer open = WebServer.start(all, Duration.ZERO, registry, this::routes);
        Socket socket = new Socket(other, open.port())) {
      assertTrue(socket.isConnected());
    }
  }

  @Test
  void aStopWaitsForRequestsUnderWay() throws Exception {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> http.get("/slow").body());
    arrived.await();
    Thread stopping = Thread.ofVirtual().start(server::close);
    Eventually.holds("no further connections", this::isRefused);
    mayEnd.countDown();

    assertEquals("ended", answer.get());
    stopping.join();
  }

  @Test
  void requestsAreTimedByRoute() {
    http.get("/echo/a");
    http.get("/echo/b");
    http.get("/nothing");

    Eventually.holds("two requests", () -> count("GET /echo/{text}") == 2);
    Eventually.holds("one request", () -> count("none") == 1);
  }

  @Test
  void aTakenPortIsToldInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PortUnavailableException e =
          assertThrows(
              PortUnavailableException.class,
              () ->
                  WebServer.start(
                      ListenSettings.onLoopback(taken.getLocalPort()),
                      Duration.ZERO,
                      registry,
                      _ -> {}));

      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("Port " + taken.getLocalPort() + " "), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  private long count(String route) {
    return registry.find("http.server.requests").tag("route", route).timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private boolean isRefused() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream output = socket.getOutputStream();
      output.write(
          request
              .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      output.flush();
      InputStream input = socket.getInputStream();
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String posted(String headers) throws IOException {
    return raw("POST /size HTTP/1.1\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n");
  }

  private static void assertProblem(int status, String detail, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", TestingHttp.header(answer, "Content-Type"));
    var problem = TestingHttp.json(answer);
    assertEquals(status, problem.path("status").intValue());
    assertEquals("about:blank", problem.path("type").textValue());
    assertFalse(problem.path("title").asText().isEmpty());
    assertTrue(problem.path("detail").asText().contains(detail), answer.body());
  }
}
