package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.store.watch.RedisWatch;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** The API over a store and a log in memory. */
final class TestingApi implements AutoCloseable {
  static final String SEEDS = "/api/fcrawler/seed/";

  final TestingClock clock = new TestingClock();
  final MemoryCrawlStore memory = new MemoryCrawlStore(clock);
  final TestingStore store = new TestingStore(memory);
  final TestingCommandLog log = new TestingCommandLog();
  final RedisWatch watch = new RedisWatch(Map::of, Optional.empty());
  final ApiServer server;
  final TestingHttp http;

  TestingApi() {
    this(false);
  }

  TestingApi(boolean ignoreRobotsAllowed) {
    server =
        new ApiServer(ListenSettings.onLoopback(0), store.proxy(), log, watch, ignoreRobotsAllowed);
    http = new TestingHttp(server.port());
  }

  HttpResponse<String> submit(String json) {
    return http.post("/api/submit", json);
  }

  /** Submits a domain, which must be taken as a new crawl. */
  JsonNode submitted(String domain) {
    HttpResponse<String> answer = submit("{\"domain\":\"" + domain + "\"}");
    assertEquals(202, answer.statusCode(), answer.body());
    return TestingHttp.json(answer);
  }

  /** The same, and a worker opens the crawl. */
  TestingWorker opened(String seed) {
    submitted(seed);
    log.applyTo(memory);
    return new TestingWorker(memory, seed);
  }

  HttpResponse<String> get(String seedPath) {
    return http.get(SEEDS + seedPath);
  }

  HttpResponse<String> control(String seedPath) {
    return http.call("POST", SEEDS + seedPath);
  }

  /** What must be found. */
  JsonNode json(String seedPath) {
    HttpResponse<String> answer = get(seedPath);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("application/json", TestingHttp.header(answer, "Content-Type"));
    return TestingHttp.json(answer);
  }

  /** An answer must be such a problem; gives its detail. */
  static String problem(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", TestingHttp.header(answer, "Content-Type"));
    JsonNode problem = TestingHttp.json(answer);
    assertEquals(status, problem.path("status").intValue());
    assertTrue(problem.path("title").isTextual());
    assertEquals(status == 503, !TestingHttp.header(answer, "Retry-After").isEmpty());
    return problem.path("detail").asText();
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
