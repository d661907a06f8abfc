package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexRoutesTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theIndexPointsAtTheEndpoints() {
    HttpResponse<String> answer = api.http.get("/");

    assertEquals(200, answer.statusCode());
    assertEquals("text/plain;charset=utf-8", TestingHttp.header(answer, "Content-Type"));
    assertTrue(answer.body().contains("POST /api/submit"), answer.body());
    assertTrue(answer.body().contains("/openapi.yaml"), answer.body());
  }

  @Test
  void readinessNamesKafkaAndRedis() {
    api.log.away(true);
    HttpResponse<String> answer = api.http.get("/readyz");

    assertEquals(503, answer.statusCode());
    assertEquals(
        "{\"status\":\"not ready\",\"checks\":{\"kafka\":{\"ok\":false,\"detail\":\"does not"
            + " answer\"},\"redis\":{\"ok\":true}}}",
        answer.body());
    assertEquals(200, api.http.get("/livez").statusCode());
    assertEquals(200, api.http.get("/metrics").statusCode());
  }

  @Test
  void otherPathsAndMethodsAreProblems() {
    TestingApi.problem(404, api.http.get("/api/fcrawler"));
    TestingApi.problem(404, api.http.get("/api/fcrawler/seed"));
    TestingApi.problem(405, api.http.get("/api/submit"));
    TestingApi.problem(405, api.http.call("PUT", "/api/fcrawler/seed/a.example"));
    TestingApi.problem(405, api.http.get("/api/fcrawler/seed/a.example/pause"));
    assertEquals(204, api.http.call("OPTIONS", "/api/submit").statusCode());
  }
}
