package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.testing.TestingHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsServerTest {
  private final AtomicBoolean kafkaUp = new AtomicBoolean(true);
  private final CyclicBarrier together = new CyclicBarrier(2);
  private final AtomicBoolean durable = new AtomicBoolean(true);
  private final Metrics metrics = new Metrics("test");
  private final OpsServer server =
      OpsServer.start(
          ListenSettings.onLoopback(0),
          metrics,
          List.of(
              Check.reachable("kafka", this::kafka),
              new Check("redis", this::redis),
              Check.warning("durable", this::durable)),
          "1.2.3");
  private final TestingHttp http = new TestingHttp(server.port());

  private boolean kafka() {
    redis();
    return kafkaUp.get();
  }

  private Optional<String> durable() {
    return durable.get() ? Optional.empty() : Optional.of("fix it");
  }

  /** Returns when the other check runs too. */
  private Optional<String> redis() {
    try {
      together.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the checks do not run at the same time", e);
    }
    return Optional.empty();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    metrics.close();
  }

  @Test
  void aProgramThatAnswersLives() {
    HttpResponse<String> answer = http.get("/livez");

    assertEquals(200, answer.statusCode());
    assertEquals("{\"status\":\"ok\"}", answer.body());
  }

  @Test
  void aProgramIsReadyIfAllChecksAreWell() {
    HttpResponse<String> answer = http.get("/readyz");

    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"status\":\"ready\",\"checks\":{\"kafka\":{\"ok\":true},\"redis\":{\"ok\":true}}}",
        answer.body());
  }

  @Test
  void aProgramIsNotReadyIfOneCheckIsNot() {
    kafkaUp.set(false);
    HttpResponse<String> answer = http.get("/readyz");

    assertEquals(503, answer.statusCode());
    assertEquals(
        "{\"status\":\"not ready\",\"checks\":{\"kafka\":{\"ok\":false,\"detail\":\"does not"
            + " answer\"},\"redis\":{\"ok\":true}}}",
        answer.body());
  }

  @Test
  void healthTellsVersionAddressAndUptimeToo() {
    JsonNode well = TestingHttp.json(http.get("/health"));
    kafkaUp.set(false);
    HttpResponse<String> answer = http.get("/health");

    assertEquals("ok", well.path("status").textValue());
    assertEquals("1.2.3", well.path("version").textValue());
    assertEquals("127.0.0.1:" + server.port(), well.path("address").textValue());
    assertTrue(well.path("uptimeSeconds").isIntegralNumber());
    assertEquals(503, answer.statusCode());
    assertEquals("degraded", TestingHttp.json(answer).path("status").textValue());
  }

  @Test
  void aWarningShowsInHealthButTheProgramIsReady() {
    durable.set(false);
    HttpResponse<String> answer = http.get("/health");

    assertEquals(200, answer.statusCode());
    JsonNode health = TestingHttp.json(answer);
    assertEquals("degraded", health.path("status").textValue());
    assertEquals("{\"ok\":false,\"detail\":\"fix it\"}", health.at("/checks/durable").toString());
    assertEquals(200, http.get("/readyz").statusCode());
  }

  @Test
  void metricsAreInTheFormatOfPrometheus() {
    metrics.registry().counter("fcrawler.pages").increment(3);
    HttpResponse<String> answer = http.get("/metrics");

    assertEquals(200, answer.statusCode());
    assertTrue(TestingHttp.header(answer, "Content-Type").startsWith("text/plain"));
    assertTrue(answer.body().contains("fcrawler_pages_total{program=\"test\"} 3.0"));
    assertTrue(answer.body().contains("jvm_memory_used_bytes{"));
    assertTrue(answer.body().contains("jvm_threads_live_threads{"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3:3002", // found by its pod's or its container's address
        "localhost:3002",
        "crawler-worker:3002", // Compose's name of the service
        "[fd00::7]:3002"
      })
  void prometheusScrapesByAddressAndByNameOfAService(String host) throws IOException {
    String answer =
        raw(
            "GET /metrics",
            host,
            "User-Agent: Prometheus/3.5.0",
            "Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            "X-Prometheus-Scrape-Timeout-Seconds: 10");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(answer.contains("jvm_threads_live_threads{"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3:3002", "[fd00::7]:3002", "127.0.0.1:3002"})
  void aProbeOfTheAddressOfAPodIsAnswered(String host) throws IOException {
    String answer = raw("GET /livez", host, "User-Agent: kube-probe/1.33", "Accept: */*");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  private String raw(String line, String host, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      String request =
          line
              + " HTTP/1.1\r\nConnection: close\r\nHost: "
              + host
              + "\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
