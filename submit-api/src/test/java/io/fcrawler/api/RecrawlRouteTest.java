package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.EmptyState;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An empty Redis beside a full Kafka, as the API shows and ends it. */
class RecrawlRouteTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private HttpResponse<String> recrawl() {
    return api.http.call("POST", "/api/fcrawler/recrawl");
  }

  private void found(Optional<Duration> rest) {
    api.memory.noteEmpty(new EmptyFinding(rest, 12, Instant.parse("2025-12-01T00:00:00Z")));
  }

  private JsonNode health() {
    return TestingHttp.json(api.http.get("/health"));
  }

  private String state() {
    return health().path("checks").path("redis-state").path("detail").asText();
  }

  @Test
  void whereNothingWaitsThereIsNothingToEnd() {
    TestingApi.problem(409, recrawl());
    assertTrue(health().path("checks").path("redis-state").path("ok").booleanValue());
  }

  @Test
  void whatWaitsForSomebodyBeginsWhenThatIsSaid() {
    found(Optional.empty());
    assertTrue(state().contains("12 commands, the oldest of 2025-12-01T00:00:00Z"), state());
    assertTrue(state().contains("`scripts/fcrawler recrawl`"), state());
    HttpResponse<String> answer = recrawl();

    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(12, TestingHttp.json(answer).path("commands").intValue());
    assertFalse(api.memory.emptyState().filter(EmptyState::rests).isPresent());
    TestingApi.problem(409, recrawl());
  }

  @Test
  void healthIsDegradedForAnHour() {
    found(Optional.of(Duration.ofSeconds(30)));
    assertEquals("degraded", health().path("status").textValue());
    assertTrue(state().contains("for 30 s more"), state());
    api.clock.advance(Duration.ofMinutes(59));
    assertEquals("degraded", health().path("status").textValue());
    assertFalse(state().contains("No site"), state());
    api.clock.advance(Duration.ofMinutes(1));
    assertEquals("ok", health().path("status").textValue());
  }

  @Test
  void healthIsDegradedForAsLongAsWorkersWait() {
    found(Optional.empty());
    api.clock.advance(Duration.ofDays(2));
    assertEquals("degraded", health().path("status").textValue());
  }
}
