package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.command.Command.Open;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitRoutesTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aDomainIsTakenAndQueued() {
    HttpResponse<String> answer = api.submit("{\"domain\":\"Example.com\"}");

    assertEquals(202, answer.statusCode());
    assertEquals("application/json", TestingHttp.header(answer, "Content-Type"));
    assertEquals("/api/fcrawler/seed/example.com", TestingHttp.header(answer, "Location"));
    JsonNode crawl = TestingHttp.json(answer);
    assertEquals("example.com", crawl.path("seed").textValue());
    assertEquals("queued", crawl.path("status").textValue());
    assertEquals(0, crawl.path("total").intValue());
    Open open = api.log.opens().getFirst();
    assertEquals(open.crawlId().value(), crawl.path("crawlId").textValue());
    assertEquals(new Seed("example.com"), open.seed());
    assertEquals("https://example.com/", open.startUrl());
    assertTrue(open.tryHttp());
    assertEquals(Optional.empty(), open.saw());
    assertEquals(CrawlOptions.DEFAULT, open.options());
    assertEquals(open.submittedAt().toString(), crawl.path("submittedAt").textValue());
    assertEquals("queued", api.json("example.com").path("status").textValue());
  }

  @Test
  void theLocationLeadsToTheSeed() {
    for (String domain :
        List.of("http://127.0.0.1:8088/a", "http://[::1]:8088/", "bücher.example")) {
      HttpResponse<String> answer = api.submit("{\"domain\":\"" + domain + "\"}");
      HttpResponse<String> seed = api.http.get(TestingHttp.header(answer, "Location"));

      assertEquals(200, seed.statusCode(), domain);
      assertEquals(
          TestingHttp.json(answer).path("crawlId"), TestingHttp.json(seed).path("crawlId"));
    }
  }

  @Test
  void everyOptionIsTaken() {
    HttpResponse<String> answer =
        api.submit(
            """
            {"domain":"http://example.com/a/../b?c", "maxPages":7, "maxDepth":0,
             "includeSubdomains":true, "delayMs":250, "connectionsPerHost":4,
             "include":["/b","/c"], "exclude":["\\\\.pdf$"], "ignoreRobots":false,
             "respectNofollow":true}
            """);

    assertEquals(202, answer.statusCode(), answer.body());
    Open open = api.log.opens().getFirst();
    assertEquals("http://example.com/b?c", open.startUrl());
    assertEquals(false, open.tryHttp());
    assertEquals(
        new CrawlOptions(7, 0, true, 250, 4, List.of("/b", "/c"), List.of("\\.pdf$"), false, true),
        open.options());
    assertEquals(
        "{\"maxPages\":7,\"maxDepth\":0,\"includeSubdomains\":true,\"delayMs\":250,"
            + "\"connectionsPerHost\":4,\"include\":[\"/b\",\"/c\"],\"exclude\":[\"\\\\.pdf$\"],"
            + "\"ignoreRobots\":false,\"respectNofollow\":true}",
        TestingHttp.json(answer).path("options").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"maxPages\":1",
        "\"maxPages\":9223372036854775807",
        "\"maxDepth\":2147483647",
        "\"delayMs\":0",
        "\"delayMs\":3600000",
        "\"connectionsPerHost\":1",
        "\"connectionsPerHost\":64"
      })
  void aNumberAtItsBoundIsTaken(String option) {
    HttpResponse<String> answer = api.submit("{\"domain\":\"a.example\"," + option + "}");

    assertEquals(202, answer.statusCode(), answer.body());
    String options = TestingHttp.json(answer).path("options").toString();
    assertTrue(options.contains(option), options);
  }

  @Test
  void robotsAreIgnoredOnlyWhereTheServerAllowsIt() {
    String request = "{\"domain\":\"a.example\",\"ignoreRobots\":true}";
    try (TestingApi allowing = new TestingApi(true)) {
      assertEquals(202, allowing.submit(request).statusCode());
      assertTrue(allowing.log.opens().getFirst().options().ignoreRobots());
    }

    assertEquals(
        "ignoreRobots is not allowed on this server; leave it out",
        TestingApi.problem(400, api.submit(request)));
  }

  @Test
  void aQueuedSeedIsGivenBackAndItsCommandAgain() {
    String crawlId = api.submitted("a.example").path("crawlId").textValue();
    HttpResponse<String> again = api.submit("{\"domain\":\"A.example\",\"maxPages\":7}");

    assertEquals(200, again.statusCode());
    assertEquals("/api/fcrawler/seed/a.example", TestingHttp.header(again, "Location"));
    assertEquals(crawlId, TestingHttp.json(again).path("crawlId").textValue());
    List<Open> opens = api.log.opens();
    assertEquals(2, opens.size());
    assertEquals(opens.getFirst(), opens.getLast());
  }

  @Test
  void anUnfinishedCrawlIsGivenBack() {
    api.opened("a.example").claim(1);
    for (String state : List.of("crawling", "paused")) {
      HttpResponse<String> again = api.submit("{\"domain\":\"https://a.example/other\"}");

      assertEquals(200, again.statusCode());
      assertEquals(state, TestingHttp.json(again).path("status").textValue());
      assertEquals(1, TestingHttp.json(again).path("inFlight").intValue());
      api.control("a.example/pause");
      api.log.applyTo(api.memory);
    }
    assertEquals(1, api.log.opens().size());
  }

  @Test
  void aFinishedSeedGetsANewCrawlThatNamesTheOldOne() {
    api.opened("a.example").finish();
    JsonNode first = api.json("a.example");
    assertEquals("done", first.path("status").textValue());

    JsonNode second = api.submitted("a.example");

    assertNotEquals(first.path("crawlId"), second.path("crawlId"));
    assertEquals(
        Optional.of(new CrawlId(first.path("crawlId").textValue())),
        api.log.opens().getLast().saw());
    assertEquals("queued", api.json("a.example").path("status").textValue());
    api.log.applyTo(api.memory);
    assertEquals("crawling", api.json("a.example").path("status").textValue());
    assertEquals(first.path("crawlId"), api.json("a.example/crawls").at("/crawls/0/crawlId"));
  }

  @Test
  void manySubmissionsAtOnceAreOneCrawl() throws Exception {
    Set<String> crawls = new HashSet<>();
    int made = 0;
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(clients.submit(() -> api.submit("{\"domain\":\"a.example\"}")));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        crawls.add(TestingHttp.json(answer.get()).path("crawlId").textValue());
        made += answer.get().statusCode() == 202 ? 1 : 0;
      }
    }

    assertEquals(1, crawls.size());
    assertEquals(1, made);
  }

  @Test
  void whileRedisIsAwaySubmissionsAreTaken() {
    api.store.away();
    JsonNode crawl = api.submitted("a.example");

    assertEquals("queued", crawl.path("status").textValue());
    assertEquals(Optional.empty(), api.log.opens().getFirst().saw());
    TestingApi.problem(503, api.get("a.example"));

    api.store.without();
    api.log.applyTo(api.memory);
    assertEquals(crawl.path("crawlId"), api.json("a.example").path("crawlId"));
  }

  @Test
  void aSubmissionThatCannotBeShownIsTaken() {
    api.store.without("markQueued");

    api.submitted("a.example");

    assertEquals(1, api.log.opens().size());
  }

  @Test
  void whileKafkaIsAwaySubmissionsAreRefusedAndLeaveNothing() {
    api.log.away(true);
    HttpResponse<String> answer = api.submit("{\"domain\":\"a.example\"}");

    assertTrue(TestingApi.problem(503, answer).startsWith("Kafka does not answer"));
    TestingApi.problem(404, api.get("a.example"));

    api.log.away(false);
    assertEquals("queued", api.submitted("a.example").path("status").textValue());
  }

  @Test
  void whileKafkaIsAwayACrawlUnderWayIsGivenBack() {
    api.opened("a.example");
    api.log.away(true);

    assertEquals(200, api.submit("{\"domain\":\"a.example\"}").statusCode());
  }

  @Test
  void jsonIsTakenAsCurlSendsItUntoldAndAFormIsNot() {
    String type = "application/x-www-form-urlencoded";
    HttpRequest.Builder json =
        api.http
            .request("/api/submit")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString("{\"domain\":\"example.com\"}"));
    assertEquals(202, api.http.send(json).statusCode());
    HttpRequest.Builder form =
        api.http
            .request("/api/submit")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString("domain=example.com"));
    TestingApi.problem(400, api.http.send(form));
  }
}
