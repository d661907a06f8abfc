package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Applied;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.fcrawler.store.watch.RedisWatch;
import io.fcrawler.testing.TestingHttp;
import io.fcrawler.testing.TestingRedis;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a crawl under way in a real Redis, each deleted in turn, as an eviction does it. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class DeletedKeysTest {
  private static final String ID = "a.example";
  private static final String PREFIX = "fcrawler:seed:{" + ID + "}:";
  private static final List<String> PAGES =
      List.of("", "/crawls", "/failures", "/excluded", "/receipt");

  private RedisServer redis;
  private RedisCrawlStore store;
  private TestingCommandLog log;
  private ApiServer server;
  private TestingHttp http;
  private TestingWorker worker;

  @BeforeAll
  void start(@TempDir Path folder) {
    redis = TestingRedis.startPrivate(folder);
    store = new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url())));
  }

  @AfterAll
  void stop() {
    store.close();
    redis.close();
  }

  @BeforeEach
  void crawl() {
    TestingRedis.call(redis, "FLUSHALL");
    log = new TestingCommandLog();
    RedisWatch watch = new RedisWatch(Map::of, Optional.empty());
    server = new ApiServer(ListenSettings.onLoopback(0), store, log, watch, false);
    http = new TestingHttp(server.port());
    submit();
    new TestingWorker(store, ID).finish();
    submit();
    worker = new TestingWorker(store, ID);
    midCrawl();
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private void submit() {
    HttpResponse<String> answer = http.post("/api/submit", "{\"domain\":\"" + ID + "\"}");
    assertEquals(202, answer.statusCode(), answer.body());
    log.applyTo(store);
  }

  /** Of seven URLs one crawled, one failed, one excluded, one delayed, one in flight, two waiting. */
  private void midCrawl() {
    String site = "https://" + ID + "/";
    worker.claim(1);
    worker.crawled(site + 1, site + 2, site + 3, site + 4, site + 5, site + 6);
    worker.claim(4);
    worker.failed("http_404", 404);
    worker.excluded("robots");
    worker.retried();
    worker.spreads();
    worker.hostFails(1, "http_503");
  }

  private static String url(String below) {
    return TestingApi.SEEDS + ID + below;
  }

  /** Names of the crawl's keys, without what differs from crawl to crawl. */
  private Set<String> keys() {
    return TestingRedis.call(redis, "KEYS", "*").stream()
        .filter(line -> line.startsWith(PREFIX))
        .map(DeletedKeysTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(String key) {
    String[] parts = key.substring(PREFIX.length()).split(":");
    return parts.length == 1 ? parts[0] : parts[1];
  }

  private void delete(String name) {
    List<String> keys =
        TestingRedis.call(redis, "KEYS", "*").stream()
            .filter(line -> line.startsWith(PREFIX) && name(line).equals(name))
            .toList();
    assertEquals(1, keys.size(), keys::toString);
    TestingRedis.call(redis, "DEL", keys.getFirst());
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = http.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return TestingHttp.json(answer);
  }

  private void everyPageIsAnswered() {
    PAGES.forEach(page -> json(url(page)));
    assertEquals(ID, json("/api/fcrawler/seeds").at("/seeds/0/seed").textValue());
  }

  /** Goes on as a worker does: with a new session, and an audit of what stands still or is done. */
  private void goOn() {
    worker.finish();
    worker.again().finish();
    store.repair(new Seed(ID));
    worker.again().finish();
    store.repair(new Seed(ID));
  }

  private void mayBeSubmittedAgain() {
    if (!store.progress(new Seed(ID)).orElseThrow().status().finished()) {
      assertEquals(202, http.call("POST", url("/cancel")).statusCode());
      log.applyTo(store);
    }
    submit();
    new TestingWorker(store, ID).finish();
    endedExact(1);
  }

  private void endedExact(int crawled) {
    JsonNode crawl = json(url(""));
    assertEquals("done", crawl.path("status").textValue(), crawl::toString);
    assertEquals(crawled, crawl.path("crawled").intValue(), crawl::toString);
    assertFalse(crawl.has("damaged"), crawl::toString);
    JsonNode receipt = json(url("/receipt"));
    assertEquals("clean", receipt.path("verdict").textValue(), receipt::toString);
  }

  @Test
  void allKeysOfACrawlAreTriedHere() {
    assertEquals(
        new TreeSet<>(
            List.of(
                "total crawled failed lane session hosts spread lanes history crawls queue inflight delayed seen failures excluded meta"
                    .split(" "))),
        keys());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "total", "crawled", "failed", "lane", "session", "hosts", "spread", "lanes", "history",
        "crawls"
      })
  void withoutThisKeyTheCrawlEndsExact(String key) {
    delete(key);
    everyPageIsAnswered();
    goOn();
    endedExact(5);
    mayBeSubmittedAgain();
  }

  @ParameterizedTest
  @ValueSource(strings = {"queue", "inflight", "delayed", "seen", "failures", "excluded"})
  void theLossOfThisKeyIsReportedByReceiptAndProgress(String key) {
    delete(key);
    everyPageIsAnswered();
    assertEquals("differs", json(url("/receipt")).path("verdict").textValue());
    goOn();
    everyPageIsAnswered();
    JsonNode damaged = json(url("")).path("damaged");
    assertFalse(damaged.path("differences").isEmpty(), damaged::toString);
    mayBeSubmittedAgain();
  }

  @Test
  void aCrawlWhoseMetaIsGoneIsReportedAndBeginsAnew() {
    delete("meta");
    for (String page : PAGES) {
      String detail = TestingApi.problem(404, http.get(url(page)));
      assertTrue(detail.contains("is damaged"), detail);
    }
    json("/api/fcrawler/seeds");
    worker.finish();
    log.rewind();
    log.applyTo(store);
    new TestingWorker(store, ID).finish(); // the former crawl
    assertEquals(Applied.DONE, store.openWaiting(new Seed(ID)));
    worker = new TestingWorker(store, ID);
    midCrawl();
    everyPageIsAnswered();
    goOn();
    endedExact(5);
    mayBeSubmittedAgain();
  }

  @Test
  void aSeedWhoseMetaIsGoneMayBeSubmittedAgain() {
    delete("meta");
    submit();
    new TestingWorker(store, ID).finish();
    endedExact(1);
  }
}
