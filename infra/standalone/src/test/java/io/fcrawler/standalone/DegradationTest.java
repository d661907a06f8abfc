package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.TestingHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The design's table "When a part is away", a test for each row: what the API answers, that
 * crawling goes on by itself with exact numbers, and what log, meters and {@code /readyz} tell.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
@Tag("long")
class DegradationTest {
  private static final int PAGES = 400;
  private static final int LANES = 4;

  /** Claims that a lane has at hand, and the one that it is at. */
  private static final int AHEAD = 20 + 1;

  private static final Duration SLOW = Duration.ofSeconds(2);

  private TestingWhole whole;
  private final List<TestingPages> sites = new ArrayList<>();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    whole = new TestingWhole(folder);
  }

  @AfterEach
  void repair() {
    whole.redis.pass();
    whole.kafka.pass();
    whole.awaitReady();
    sites.forEach(TestingPages::close);
    sites.clear();
  }

  @AfterAll
  void stop() {
    whole.close();
  }

  @Test
  void whileRedisIsAwaySubmitsAreTakenProgressIsUnknownAndCrawlingPauses() throws IOException {
    TestingPages site = crawling(50);
    Logs logs = new Logs();
    whole.redis.refuse();
    int before = site.requests();

    TestingPages queued = site();
    assertEquals(202, whole.submit(queued).statusCode());
    assertUnavailable("Redis", whole.progress(site));
    awaitTold("redis");
    logs.awaitPaused();
    assertTrue(site.requests() - before <= LANES * AHEAD, "fetching went on without claims");
    for (int i = 0; i < 20; i++) {
      assertUnavailable("Redis", whole.progress(site));
    }

    whole.redis.pass();
    whole.assertWhole(site, PAGES);
    whole.assertWhole(queued, PAGES);
    logs.assertOneChange("redis");
  }

  @Test
  void whileKafkaIsAwaySubmitsAreRefusedProgressIsKnownAndCrawlingPausesInTime()
      throws IOException {
    TestingPages site = crawling(50);
    Logs logs = new Logs();
    whole.kafka.refuse();
    int before = site.requests();

    TestingPages refused = site();
    assertUnavailable("Kafka", whole.submit(refused));
    assertEquals(200, whole.progress(site).statusCode());
    awaitTold("kafka");
    int waiting = (int) worker().meter("fcrawler_output_waiting", "");
    assertTrue(waiting > 0 && waiting <= LANES * AHEAD, waiting + " records wait");
    assertTrue(worker().meter("fcrawler_output_waiting_bytes", "") < waiting * 10_000.0);
    logs.awaitPaused();
    int fetched = site.requests() - before;
    assertTrue(fetched > 0 && fetched <= LANES * AHEAD, fetched + " fetches while Kafka was away");
    assertUnavailable("Kafka", whole.submit(refused));

    whole.kafka.pass();
    whole.assertWhole(site, PAGES);
    assertEquals(0, refused.requests());
    logs.assertOneChange("kafka");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whileBothAreAwaySubmitsAreRefusedAndItGoesOnWhicheverComesBackFirst(boolean redisFirst)
      throws IOException {
    TestingPages site = crawling(50);
    Logs logs = new Logs();
    whole.redis.refuse();
    whole.kafka.refuse();

    assertUnavailable("Kafka", whole.submit(site()));
    assertUnavailable("Redis", whole.progress(site));
    awaitTold("redis");
    awaitTold("kafka");
    logs.awaitPaused();
    (redisFirst ? whole.redis : whole.kafka).pass();
    whole.await("the first is back", () -> whole.api.finds(redisFirst ? "redis" : "kafka"));

    (redisFirst ? whole.kafka : whole.redis).pass();
    whole.assertWhole(site, PAGES);
    logs.assertOneChange("redis");
    logs.assertOneChange("kafka");
  }

  @Test
  void aSlowRedisSlowsAndNothingElse() throws IOException {
    TestingPages site = crawling(50);
    whole.redis.delay(SLOW);

    TestingPages second = site();
    assertEquals(202, whole.submit(second).statusCode());
    awaitNotTold("redis");
    whole.assertWhole(site, PAGES);
    whole.redis.pass();
    whole.assertWhole(second, PAGES);
    assertTrue(site.repeated() + second.repeated() <= LANES * AHEAD);
  }

  @Test
  void aSlowKafkaSlowsAndNothingElse() throws IOException {
    TestingPages site = crawling(50);
    whole.kafka.delay(SLOW);

    TestingPages second = site();
    HttpResponse<String> answer = whole.submit(second);
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(200, whole.progress(site).statusCode());
    awaitNotTold("kafka");
    whole.assertWhole(site, PAGES);
    whole.kafka.pass();
    whole.assertWhole(second, PAGES);
    assertTrue(site.repeated() + second.repeated() <= LANES * AHEAD);
  }

  @Test
  void aRedisBehindANetworkThatSwallowsAllIsAway() throws IOException {
    TestingPages site = crawling(50);
    Logs logs = new Logs();
    whole.redis.swallow();

    TestingPages queued = site();
    assertEquals(202, whole.submit(queued).statusCode());
    assertUnavailable("Redis", whole.progress(site));
    awaitTold("redis");
    logs.awaitPaused();

    whole.redis.pass();
    whole.assertWhole(site, PAGES);
    whole.assertWhole(queued, PAGES);
    logs.assertOneChange("redis");
  }

  @Test
  void aKafkaBehindANetworkThatSwallowsAllIsAway() throws IOException {
    TestingPages site = crawling(50);
    Logs logs = new Logs();
    whole.kafka.swallow();

    assertUnavailable("Kafka", whole.submit(site()));
    assertEquals(200, whole.progress(site).statusCode());
    awaitTold("kafka");
    logs.awaitPaused();

    whole.kafka.pass();
    whole.assertWhole(site, PAGES);
    logs.assertOneChange("kafka");
  }

  @Test
  void connectionsThatTheOtherEndForgotAreReplaced() throws IOException {
    TestingPages site = crawling(50);
    whole.redis.abandon();
    whole.kafka.abandon();

    whole.await("progress is known again", () -> whole.progress(site).statusCode() == 200);
    TestingPages second = site();
    whole.await("Kafka takes commands again", () -> whole.submit(second).statusCode() / 100 == 2);
    whole.assertWhole(site, PAGES);
    whole.assertWhole(second, PAGES);
  }

  @Test
  void theLanesOfAWorkerThatDiedGoToAnother() throws IOException {
    TestingProgram second = whole.startWorker();
    whole.awaitReady();
    TestingPages site = crawling(50);
    second.kill();

    assertEquals(202, whole.submit(site()).statusCode());
    assertEquals(200, whole.progress(site).statusCode());
    whole.assertWhole(site, PAGES);
    assertTrue(site.repeated() <= LANES * AHEAD, site.repeated() + " requests were repeated");
  }

  @Test
  void aWorkerToldToStopEndsItsFetchesAndLeavesTheRestToOthers() throws IOException {
    TestingProgram second = whole.startWorker();
    whole.awaitReady();
    TestingPages site = crawling(50);
    site.hold();
    whole.await("both fetch", () -> second.meter("fcrawler_fetch_under_way", "") > 0);
    second.terminate();
    whole.await("it stops", () -> second.logs("crawler-worker stops"));
    assertTrue(second.isAlive(), "a fetch under way is waited for");
    site.letGo();
    second.awaitExit(Duration.ofSeconds(30));

    assertTrue(second.lines().getLast().endsWith("crawler-worker stopped"));
    whole.assertWhole(site, PAGES);
    assertEquals(0, site.repeated());
  }

  @Test
  void anApiToldToStopTakesNoRequestsAndFinishesThoseUnderWay() throws Exception {
    try (TestingProgram second = whole.startApi("second-api.log");
        ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
      whole.await("the second API is ready", second::ready);
      TestingPages site = site();
      whole.redis.delay(SLOW);
      Future<HttpResponse<String>> underWay =
          client.submit(() -> TestingWhole.submit(second, site));
      whole.await("the crawl is made and not yet shown", () -> second.logs("Took a submission"));
      second.terminate();
      whole.await("it stops", () -> second.logs("no further requests"));

      assertThrows(UncheckedIOException.class, () -> second.http.get("/livez"));
      assertEquals(202, underWay.get().statusCode());
      second.awaitExit(Duration.ofSeconds(30));
      whole.redis.pass();
      whole.assertWhole(site, PAGES);
    }
  }

  private TestingPages site() throws IOException {
    TestingPages site = new TestingPages(PAGES);
    sites.add(site);
    return site;
  }

  /** A site that is being crawled. */
  private TestingPages crawling(int pages) throws IOException {
    TestingPages site = site();
    whole.crawl(site, pages);
    return site;
  }

  private TestingProgram worker() {
    return whole.workers.getFirst();
  }

  private static void assertUnavailable(String part, HttpResponse<String> answer) {
    assertEquals(503, answer.statusCode(), answer.body());
    assertFalse(TestingHttp.header(answer, "Retry-After").isEmpty());
    assertTrue(TestingHttp.json(answer).path("detail").asText().startsWith(part), answer.body());
  }

  /** Both programs tell that a part is away, by their meters and in {@code /readyz}. */
  private void awaitTold(String part) {
    String label = "part=\"" + part + "\"";
    for (TestingProgram program : List.of(whole.api, worker())) {
      whole.await(
          part + " is told to be away",
          () -> program.meter("fcrawler_part_reachable", label) == 0 && !program.finds(part));
    }
  }

  /** A part that is only slow is not away. */
  private void awaitNotTold(String part) {
    for (TestingProgram program : List.of(whole.api, worker())) {
      whole.await(part + " is not told to be away", () -> program.finds(part));
    }
  }

  /** What API and worker log from now on. */
  private final class Logs {
    private final int apiLines = whole.api.lines().size();
    private final int workerLines = worker().lines().size();

    /** Waits until the worker has given up the lanes that it had. */
    void awaitPaused() {
      whole.await(
          "the session is over",
          () ->
              count(since(worker(), workerLines), " is over: ") > 0
                  && worker().meter("fcrawler_fetch_under_way", "") == 0);
    }

    /** One line where the part went, one where it came back, and no flood beside. */
    void assertOneChange(String part) {
      whole.await(
          part + " is told to be back",
          () ->
              count(since(whole.api, apiLines), part + " is back") > 0
                  && count(since(worker(), workerLines), part + " is back") > 0);
      for (List<String> lines : List.of(since(whole.api, apiLines), since(worker(), workerLines))) {
        String all = String.join("\n", lines);
        assertEquals(1, count(lines, part + " is away"), all);
        assertEquals(1, count(lines, part + " is back"), all);
        assertTrue(count(lines, " WARN ") + count(lines, " ERROR ") <= 6, all);
      }
    }

    private static List<String> since(TestingProgram program, int line) {
      return program.lines().stream().skip(line).toList();
    }

    private static long count(List<String> lines, String text) {
      return lines.stream().filter(line -> line.contains(text)).count();
    }
  }
}
