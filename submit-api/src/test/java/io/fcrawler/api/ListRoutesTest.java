package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListRoutesTest {
  private static final String LIST = "/api/fcrawler/seeds";

  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = api.http.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return TestingHttp.json(answer);
  }

  private static List<String> seeds(JsonNode json) {
    return json.path("seeds").findValuesAsText("seed");
  }

  @Test
  void seedsAreListedWithTheirProgressTheLatestFirst() {
    assertEquals(List.of(), seeds(json(LIST)));
    api.submitted("a.example");
    api.clock.advance(Duration.ofSeconds(1));
    api.submitted("b.example");

    JsonNode json = json(LIST);
    assertEquals(List.of("b.example", "a.example"), seeds(json));
    assertEquals(api.json("b.example"), json.path("seeds").get(0));
    assertFalse(json.has("cursor"));
  }

  @Test
  void theListIsReadPageByPage() {
    for (int i = 0; i < 5; i++) {
      api.submitted("s" + i + ".example");
      api.clock.advance(Duration.ofSeconds(1));
    }
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = json(LIST + "?limit=2" + cursor);
      all.addAll(seeds(page));
      cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").textValue() : "";
    } while (!cursor.isEmpty());
    assertEquals(
        List.of("s4.example", "s3.example", "s2.example", "s1.example", "s0.example"), all);
  }

  @Test
  void aLimitAtItsBoundIsTaken() {
    api.submitted("a.example");
    api.submitted("b.example");

    assertEquals(1, seeds(json(LIST + "?limit=1")).size());
    assertEquals(2, seeds(json(LIST + "?limit=1000")).size());
  }

  @Test
  void seedsAreFoundByStatusAndByPartOfTheName() {
    api.opened("crawling.example");
    api.submitted("queued.example");
    api.memory.index(Map.of(new Seed("crawling.example"), CrawlStatus.CRAWLING));

    assertEquals(List.of("queued.example"), seeds(json(LIST + "?status=queued")));
    assertEquals(List.of("crawling.example"), seeds(json(LIST + "?status=crawling")));
    assertEquals(List.of(), seeds(json(LIST + "?status=done")));
    assertEquals(List.of("queued.example"), seeds(json(LIST + "?q=UEUE")));
    assertEquals(List.of(), seeds(json(LIST + "?q=queued&status=crawling")));
  }

  @Test
  void seedsAreFoundByTheirNameInLettersToo() {
    api.submitted("a.example");
    api.submitted("xn--bcher-kva.example");
    api.submitted("xn--mnchen-3ya.example:8080");

    List<String> books = List.of("xn--bcher-kva.example");
    assertEquals(books, seeds(json(LIST + "?q=b%C3%BCcher")));
    assertEquals(books, seeds(json(LIST + "?q=%C3%BCcher.ex")));
    assertEquals(books, seeds(json(LIST + "?q=B%C3%9CCHER")));
    assertEquals(books, seeds(json(LIST + "?q=bu%CC%88cher"))); // u and its accent
    assertEquals(books, seeds(json(LIST + "?q=bcher-kva")));
    assertEquals(books, seeds(json(LIST + "?q=b%C3%BCcher&status=queued")));
    assertEquals(List.of(), seeds(json(LIST + "?q=%C3%BCcherei")));
    assertEquals(2, seeds(json(LIST + "?q=%C3%BC")).size());
    assertEquals(1, seeds(json(LIST + "?q=%C3%BC&limit=1")).size());
  }

  @Test
  void oneWhoseStatusIsAnotherByNowIsLeftOut() {
    api.submitted("a.example");
    api.memory.index(Map.of(new Seed("a.example"), CrawlStatus.DONE));
    assertEquals(List.of(), seeds(json(LIST + "?status=done")));
  }

  @Test
  void badParametersAreRefused() {
    for (String query :
        List.of("limit=0", "limit=1001", "limit=x", "status=finished", "cursor=!", "cursor=YQ")) {
      String detail = TestingApi.problem(400, api.http.get(LIST + "?" + query));
      assertTrue(detail.startsWith(query.substring(0, query.indexOf('='))), detail);
    }
  }

  @Test
  void withoutTheStoreTheListIsUnavailable() {
    api.store.away();
    TestingApi.problem(503, api.http.get(LIST));
    TestingApi.problem(503, api.http.get("/api/fcrawler/workers"));
  }

  @Test
  void workersAreListedAndASilentOneIsMarked() {
    Instant now = Instant.now();
    Instant old = now.minusSeconds(60);
    api.memory.workers().report(new WorkerReport("a", "h:1", "1", old, old, 0, 0, 0, 0, 1, 2));
    api.memory
        .workers()
        .report(new WorkerReport("b", "h:2", "1", now, now, 64, 5, 4, 12.5, 10, 20));

    JsonNode workers = json("/api/fcrawler/workers").path("workers");
    assertEquals(List.of("b", "a"), workers.findValuesAsText("id"));
    assertTrue(workers.get(0).path("alive").booleanValue());
    assertFalse(workers.get(1).path("alive").booleanValue());
    assertEquals(64, workers.get(0).path("slots").intValue());
    assertEquals(5, workers.get(0).path("lanes").intValue());
    assertEquals(4, workers.get(0).path("inFlight").intValue());
    assertEquals(12.5, workers.get(0).path("pagesPerSecond").doubleValue());
    assertEquals(10, workers.get(0).path("heapUsedBytes").intValue());
    assertEquals(20, workers.get(0).path("heapMaxBytes").intValue());
  }
}
