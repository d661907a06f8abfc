package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Damage;
import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes that report on the crawls of a seed. */
class SeedRoutesTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aQueuedCrawlHasNumbersToo() {
    api.submitted("a.example");
    JsonNode crawl = api.json("a.example");

    assertEquals(
        Set.of(
            "seed",
            "crawlId",
            "status",
            "total",
            "crawled",
            "failed",
            "pending",
            "inFlight",
            "excluded",
            "progress",
            "bytes",
            "submittedAt",
            "updatedAt",
            "options"),
        names(crawl));
    assertEquals(0, crawl.path("progress").doubleValue());
  }

  @Test
  void aDamagedCrawlSaysWhatDiffersAndWhatToDo() {
    Seed seed = new Seed("a.example");
    var _ = api.opened("a.example");
    api.memory.loseQueue(seed, new Lane("a.example", 0));
    api.memory.repair(seed);
    JsonNode damaged = api.json("a.example").path("damaged");

    assertEquals(
        "total is 1, but queued + delayed + inFlight + crawled + failed is 0",
        damaged.path("differences").path(0).textValue());
    assertEquals(Damage.REMEDY, damaged.path("remedy").textValue());
    assertEquals("2026-01-01T00:00:00Z", damaged.path("since").textValue());
  }

  @Test
  void theHealthOfTheApiNamesDamagedCrawls() {
    JsonNode before = TestingHttp.json(api.http.get("/health")).path("checks").path("crawls");
    assertTrue(before.path("ok").booleanValue(), before.toString());
    api.memory.noteDamaged(Set.of(new Seed("a.example")), Set.of());
    HttpResponse<String> answer = api.http.get("/health");

    assertEquals(200, answer.statusCode());
    JsonNode health = TestingHttp.json(answer);
    assertEquals("degraded", health.path("status").textValue());
    JsonNode crawls = health.path("checks").path("crawls");
    assertTrue(crawls.path("detail").textValue().contains("a.example"), crawls.toString());
  }

  @Test
  void aDamagedCrawlIsCancelledAndSubmittedAgain() {
    Seed seed = new Seed("a.example");
    var _ = api.opened("a.example");
    api.memory.loseQueue(seed, new Lane("a.example", 0));
    api.memory.repair(seed);
    assertEquals(202, api.control("a.example/cancel").statusCode());
    api.log.applyTo(api.memory);
    assertTrue(api.json("a.example").has("damaged"));
    var _ = api.opened("a.example");

    assertEquals("crawling", api.json("a.example").path("status").textValue());
    assertFalse(api.json("a.example").has("damaged"));
  }

  @Test
  void aCrawlUnderWayShowsAllItsNumbers() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    api.clock.advance(Duration.ofSeconds(2));
    worker.crawled("https://a.example/1", "https://a.example/2", "https://a.example/3");
    worker.claim(2);
    worker.failed("timeout", 0);
    api.clock.advance(Duration.ofSeconds(2));
    JsonNode crawl = api.json("a.example");

    assertEquals("a.example", crawl.path("seed").textValue());
    assertEquals("crawling", crawl.path("status").textValue());
    assertEquals(4, crawl.path("total").intValue());
    assertEquals(1, crawl.path("crawled").intValue());
    assertEquals(1, crawl.path("failed").intValue());
    assertEquals(2, crawl.path("pending").intValue());
    assertEquals(1, crawl.path("inFlight").intValue());
    assertEquals(0, crawl.path("excluded").intValue());
    assertEquals(0.5, crawl.path("progress").doubleValue());
    assertEquals(1000, crawl.path("bytes").intValue());
    assertTrue(crawl.path("pagesPerSecond").doubleValue() > 0, crawl.toString());
    assertTrue(crawl.path("etaSeconds").isIntegralNumber(), crawl.toString());
    assertEquals("2026-01-01T00:00:00Z", crawl.path("startedAt").textValue());
    assertFalse(crawl.has("finishedAt"));
    assertEquals(1000, crawl.at("/options/delayMs").intValue());
    assertFalse(crawl.path("options").has("maxPages"));
  }

  @Test
  void aCrawlUnderWayNamesTheHostsThatHoldItUp() {
    TestingWorker worker = api.opened("a.example");
    assertFalse(api.json("a.example").has("troubledHosts"));
    worker.hostFails(10, "connection_refused");
    JsonNode hosts = api.json("a.example").path("troubledHosts");

    assertEquals(1, hosts.size());
    assertEquals("a.example", hosts.at("/0/host").textValue());
    assertEquals("backed_off", hosts.at("/0/state").textValue());
    assertEquals("connection_refused", hosts.at("/0/reason").textValue());
    assertEquals(10, hosts.at("/0/failures").intValue());
    assertEquals("2026-01-01T00:00:01Z", hosts.at("/0/until").textValue());
    assertFalse(
        TestingHttp.json(api.http.get("/api/fcrawler/seeds")).at("/seeds/0").has("troubledHosts"));
  }

  @Test
  void aCrawlUnderWayNamesTheWorkersThatClaimNothingAndWhy() {
    Instant now = Instant.now();
    Instant silent = now.minusSeconds(60);
    Optional<String> problem = Optional.of("there is no topic fcrawler.pages");
    WorkerRegistry workers = api.memory.workers();
    workers.report(new WorkerReport("a", "h:1", "1", now, now, 1, 1, 0, 0, 1, 2, problem));
    workers.report(new WorkerReport("b", "h:2", "1", now, now, 1, 1, 0, 0, 1, 2));
    workers.report(new WorkerReport("c", "h:3", "1", silent, silent, 1, 1, 0, 0, 1, 2, problem));
    TestingWorker worker = api.opened("a.example");
    JsonNode crawl = api.json("a.example");

    assertEquals("crawling", crawl.path("status").textValue());
    assertEquals(1, crawl.path("troubledWorkers").size());
    assertEquals("a", crawl.at("/troubledWorkers/0/id").textValue());
    assertEquals("h:1", crawl.at("/troubledWorkers/0/host").textValue());
    assertEquals(problem.get(), crawl.at("/troubledWorkers/0/reason").textValue());
    worker.finish();
    assertFalse(api.json("a.example").has("troubledWorkers"));
  }

  @Test
  void aFinishedCrawlHasAnEndAndNoTimeLeft() {
    TestingWorker worker = api.opened("a.example");
    api.clock.advance(Duration.ofSeconds(10));
    worker.finish();
    JsonNode crawl = api.json("a.example");

    assertEquals("done", crawl.path("status").textValue());
    assertEquals(1, crawl.path("progress").intValue());
    assertEquals(0.1, crawl.path("pagesPerSecond").doubleValue());
    assertEquals("2026-01-01T00:00:10Z", crawl.path("finishedAt").textValue());
    assertFalse(crawl.has("etaSeconds"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8088, 127.0.0.1%3A8088",
    "127.0.0.1:8088, 127.0.0.1%3a8088",
    "[::1]:8088, %5B::1%5D:8088",
    "[::1]:8088, %5B0:0::1%5D:8088",
    "xn--bcher-kva.example, b%C3%BCcher.example",
    "xn--bcher-kva.example, B%C3%9CCHER.Example.",
    "a.example, A.EXAMPLE",
    "a.example, a.example.",
    "a.example, a.example:443",
    "a.example, a.example:80",
    "a.example, a.example/",
    "a.example, https%3A%2F%2Fa.example%2Fpath",
  })
  void aSeedIsFoundInEverySpelling(String seed, String spelling) {
    api.submitted(seed);

    assertEquals(seed, api.json(spelling).path("seed").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/failures", "/excluded", "/receipt", "/crawls"})
  void anUnknownSeedIsNotFound(String part) {
    assertEquals(
        "No crawl of a.example is known; POST /api/submit begins one.",
        TestingApi.problem(404, api.get("a.example" + part)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/failures", "/excluded", "/receipt", "/crawls"})
  void whileRedisIsAwayNothingIsKnown(String part) {
    api.opened("a.example");
    api.store.away();

    assertEquals(
        "Redis does not answer, so this is not known now.",
        TestingApi.problem(503, api.get("a.example" + part)));
  }

  @Test
  void failuresAreListedInParts() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2", "https://a.example/3");
    worker.claim(3);
    worker.failed("http_404", 404);
    worker.failed("timeout", 0);
    worker.failed("http_500", 500);

    List<String> urls = new ArrayList<>();
    JsonNode part = api.json("a.example/failures?limit=2");
    assertEquals(2, part.path("failures").size());
    part.path("failures").forEach(failure -> urls.add(failure.path("url").textValue()));
    part = api.json("a.example/failures?limit=2&cursor=" + part.path("cursor").textValue());
    part.path("failures").forEach(failure -> urls.add(failure.path("url").textValue()));

    assertEquals(
        List.of("https://a.example/1", "https://a.example/2", "https://a.example/3"), urls);
    assertFalse(part.has("cursor"));
  }

  @Test
  void aFailureTellsWhatHappened() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2");
    worker.claim(2);
    worker.failed("http_404", 404);
    worker.failed("timeout", 0);
    JsonNode answer = api.json("a.example/failures");

    assertEquals("a.example", answer.path("seed").textValue());
    assertEquals(api.json("a.example").path("crawlId"), answer.path("crawlId"));
    assertEquals(
        "{\"url\":\"https://a.example/1\",\"reason\":\"http_404\",\"httpStatus\":404,"
            + "\"attempts\":1,\"referrer\":\"https://a.example/\","
            + "\"time\":\"2026-01-01T00:00:00Z\"}",
        answer.path("failures").path(0).toString());
    assertFalse(answer.path("failures").path(1).has("httpStatus"));
  }

  @Test
  void failuresAreListedByReason() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2");
    worker.claim(2);
    worker.failed("http_404", 404);
    worker.failed("timeout", 0);

    JsonNode answer = api.json("a.example/failures?reason=timeout");

    assertEquals(1, answer.path("failures").size());
    assertEquals("https://a.example/2", answer.at("/failures/0/url").textValue());
  }

  @Test
  void whatIsKeptOutIsListedWithItsReason() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2", "https://a.example/3");
    worker.claim(3);
    worker.excluded("robots");
    worker.excluded("pattern");
    worker.excluded("robots");

    JsonNode first = api.json("a.example/excluded?reason=robots&limit=1");
    JsonNode second =
        api.json(
            "a.example/excluded?reason=robots&limit=1&cursor=" + first.path("cursor").textValue());

    assertEquals(api.json("a.example").path("crawlId"), first.path("crawlId"));
    assertEquals(
        "[{\"url\":\"https://a.example/1\",\"reason\":\"robots\"}]",
        first.path("excluded").toString());
    assertEquals("https://a.example/3", second.at("/excluded/0/url").textValue());
    assertFalse(second.has("cursor"));
    assertEquals(3, api.json("a.example/excluded").path("excluded").size());
  }

  @Test
  void aListingGoesOnAfterAUrlThatWasCut() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/[cut:12ab]", "https://a.example/z");
    worker.claim(2);
    worker.excluded("url_length");
    worker.excluded("robots");

    JsonNode first = api.json("a.example/excluded?limit=1");
    String cursor = first.path("cursor").textValue();

    assertEquals("https://a.example/[cut:12ab]", first.at("/excluded/0/url").textValue());
    assertEquals(
        "https://a.example/z",
        api.json("a.example/excluded?limit=1&cursor=" + cursor).at("/excluded/0/url").textValue());
  }

  @Test
  void aReceiptAuditsTheCrawl() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2");
    worker.claim(1);
    JsonNode receipt = api.json("a.example/receipt");

    assertEquals("clean", receipt.path("verdict").textValue());
    assertEquals(0, receipt.path("differences").size());
    assertEquals(3, receipt.path("total").intValue());
    assertEquals(1, receipt.path("crawled").intValue());
    assertEquals(1, receipt.path("queued").intValue());
    assertEquals(1, receipt.path("inFlight").intValue());
    assertEquals(3, receipt.path("fingerprints").intValue());
    assertEquals("crawling", receipt.path("status").textValue());
  }

  @Test
  void aQueuedCrawlHasNoFailuresAndACleanReceipt() {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.failed("timeout", 0);
    JsonNode second = api.submitted("a.example");

    JsonNode failures = api.json("a.example/failures");
    JsonNode receipt = api.json("a.example/receipt");
    assertEquals(second.path("crawlId"), failures.path("crawlId"));
    assertEquals(0, failures.path("failures").size());
    assertEquals(second.path("crawlId"), receipt.path("crawlId"));
    assertEquals("clean", receipt.path("verdict").textValue());
  }

  @Test
  void formerCrawlsKeepTheirNumbers() {
    api.opened("a.example").finish();
    assertEquals("{\"seed\":\"a.example\",\"crawls\":[]}", api.json("a.example/crawls").toString());
    String first = api.json("a.example").path("crawlId").textValue();
    api.opened("a.example");

    JsonNode former = api.json("a.example/crawls").path("crawls").path(0);

    assertEquals(first, former.path("crawlId").textValue());
    assertEquals("done", former.path("status").textValue());
    assertEquals(1, former.path("total").intValue());
    assertEquals(1, former.path("crawled").intValue());
    assertEquals(1000, former.path("bytes").intValue());
    assertTrue(former.has("submittedAt") && former.has("startedAt") && former.has("finishedAt"));
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
