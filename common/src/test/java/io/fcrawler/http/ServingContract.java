package io.fcrawler.http;

import io.fcrawler.config.ListenSettings;
import io.fcrawler.testing.TestingHttp;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A server with a few routes, and requests to it. */
abstract class ServingContract {
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final CountDownLatch arrived = new CountDownLatch(1);
  final CountDownLatch mayEnd = new CountDownLatch(1);
  final WebServer server =
      WebServer.start(
          new ListenSettings(ListenSettings.onLoopback(0).bind(), 0, Set.of("known.example")),
          Duration.ofSeconds(30),
          registry,
          this::routes);
  final int port = server.port();
  final TestingHttp http = new TestingHttp(port);

  void routes(RoutesConfig routes) {
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

  String raw(String request) throws IOException {
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
}
