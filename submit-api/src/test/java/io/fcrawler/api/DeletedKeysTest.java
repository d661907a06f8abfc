package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
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
import java.util.stream.Stream;
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
  private static final Seed SEED = new Seed(ID);
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
  }

  @AfterAll
  void stop() {
    redis.close();
  }

  @BeforeEach
  void crawl() {
    TestingRedis.call(redis, "FLUSHALL");
    store = new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url())));
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
    server.close(); // and the store with it
  }

  private void submit() {
    HttpResponse<String> answer = http.post("/api/submit", "{\"domain\":\"" + ID + "\"}");
    assertEquals(202, answer.statusCode(), answer.body());
    log.applyTo(store);
  }

  /** One URL crawled, failed, excluded, delayed and in flight each, and two waiting. */
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
  private Set<String> names() {
    return keys().map(DeletedKeysTest::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The seed's keys, without those of the former crawl. */
  private Stream<String> keys() {
    String current = store.progress(SEED).orElseThrow().crawl().crawlId().shortForm();
    return TestingRedis.call(redis, "KEYS", "*").stream()
        .filter(line -> line.startsWith(PREFIX))
        .filter(line -> !isOfACrawl(line) || line.startsWith(PREFIX + current + ":"));
  }

  private static boolean isOfACrawl(String key) {
    return key.indexOf(':', PREFIX.length()) > 0;
  }

  private static String name(String key) {
    List<String> parts = Splitter.on(':').splitToList(key.substring(PREFIX.length()));
    return parts.get(Math.min(1, parts.size() - 1));
  }

  private void delete(String name) {
    List<String> keys = keys().filter(key -> name(key).equals(name)).toList();
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
    store.repair(SEED);
    worker.again().finish();
    store.repair(SEED);
  }

  private void mayBeSubmittedAgain() {
    if (!store.progress(SEED).orElseThrow().status().finished()) {
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
            Splitter.on(' ')
                .splitToList(
                    "total crawled failed lane session hosts spread lanes history crawls queue inflight"
                        + " delayed seen failures excluded meta")),
        names());
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
    assertEquals(Applied.DONE, store.openWaiting(SEED));
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
