package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.HttpMeta;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotsCacheTest {
  private static final CrawlUrl PAGE = url("https://a.example/page");
  private static final Duration ANY_AGE = Duration.ofDays(1);
  private static final String DISALLOW_ALL = "User-agent: *\nDisallow: /";

  private final AtomicLong nowNs = new AtomicLong();
  private final RobotsStore store =
      new MemoryCrawlStore(() -> Instant.EPOCH.plusNanos(nowNs.get())).robots();
  private final RobotsCache cache =
      new RobotsCache(RobotsSettings.of("fcrawler"), store, nowNs::get);
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final Map<String, FetchOutcome> web = new ConcurrentHashMap<>();

  @Test
  void aSitesRulesAreFetchedOnce() throws Exception {
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    assertFalse(allowed(PAGE));
    assertFalse(allowed(url("https://a.example/other")));
    assertEquals(List.of("https://a.example/robots.txt"), fetched);
  }

  @Test
  void eachSchemeHostAndPortHasItsOwn() throws Exception {
    for (String site :
        List.of(
            "https://a.example",
            "http://a.example",
            "https://a.example:8443",
            "https://b.a.example")) {
      allowed(url(site + "/page"));
      assertEquals(site + "/robots.txt", fetched.getLast());
    }
    assertEquals(4, fetched.size());
  }

  @Test
  void rulesAreFetchedAgainAfterADay() throws Exception {
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    assertFalse(allowed(PAGE));
    web.put("https://a.example/robots.txt", fetched(""));
    nowNs.addAndGet(Duration.ofHours(24).toNanos() - 1);
    assertFalse(allowed(PAGE));
    nowNs.addAndGet(1);
    assertTrue(allowed(PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 408, 410, 418, 451, 499})
  void whereThereIsNoneAllIsAllowed(int status) throws Exception {
    web.put("https://a.example/robots.txt", rejected("http_" + status, status));
    assertTrue(allowed(PAGE));
    assertTrue(allowed(PAGE));
    assertEquals(1, fetched.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 599, 0})
  void whereItCannotBeKnownNothingIsAllowedForNow(int status) throws Exception {
    FetchOutcome cause = deferred(status);
    web.put("https://a.example/robots.txt", cause);
    assertEquals(new RobotsAnswer.Unreachable(cause), cache.rules(PAGE, ANY_AGE, this::fetch));
    web.put("https://a.example/robots.txt", fetched(""));
    assertTrue(allowed(PAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"address_not_allowed", "dns", "tls_expired"})
  void whereItsHostMustNotBeAskedTheCauseIsTold(String reason) throws Exception {
    FetchOutcome cause = rejected(reason, 0);
    web.put("https://a.example/robots.txt", cause);
    assertEquals(new RobotsAnswer.Unreachable(cause), cache.rules(PAGE, ANY_AGE, this::fetch));
  }

  @Test
  void aFailureIsKeptAsLongAsConfigured() throws Exception {
    RobotsCache keeping =
        new RobotsCache(
            new RobotsSettings(
                "fcrawler", Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofSeconds(10), 9),
            store,
            nowNs::get);
    web.put("https://a.example/robots.txt", deferred(500));
    keeping.rules(PAGE, ANY_AGE, this::fetch);
    keeping.rules(PAGE, ANY_AGE, this::fetch);
    assertEquals(1, fetched.size());
    nowNs.addAndGet(Duration.ofSeconds(10).toNanos());
    keeping.rules(PAGE, ANY_AGE, this::fetch);
    assertEquals(2, fetched.size());
  }

  @Test
  void rulesOlderThanADayAreNotUsedWhereNewOnesCannotBeKnown() throws Exception {
    web.put("https://a.example/robots.txt", fetched(""));
    assertTrue(allowed(PAGE));
    nowNs.addAndGet(Duration.ofHours(24).toNanos());
    web.put("https://a.example/robots.txt", deferred(503));
    assertInstanceOf(RobotsAnswer.Unreachable.class, cache.rules(PAGE, ANY_AGE, this::fetch));
  }

  @Test
  void fiveRedirectsAreFollowedAlsoToOtherHosts() throws Exception {
    web.put("https://a.example/robots.txt", redirected("/1"));
    web.put("https://a.example/1", redirected("//b.example/2"));
    web.put("https://b.example/2", redirected("http://c.example/3"));
    web.put("http://c.example/3", redirected("4?x"));
    web.put("http://c.example/4?x", redirected("https://d.example:8443/5"));
    web.put("https://d.example:8443/5", fetched(DISALLOW_ALL));
    assertFalse(allowed(PAGE));
    assertEquals(6, fetched.size());
  }

  @Test
  void moreRedirectsAreAsIfThereWereNone() throws Exception {
    for (int i = 0; i < 10; i++) {
      String from = i == 0 ? "robots.txt" : "" + i;
      web.put("https://a.example/" + from, redirected("/" + (i + 1)));
    }
    assertTrue(allowed(PAGE));
    assertEquals(6, fetched.size());
  }

  @Test
  void aLoopOfRedirectsIsAsIfThereWereNone() throws Exception {
    web.put("https://a.example/robots.txt", redirected("/robots.txt"));
    assertTrue(allowed(PAGE));
    assertEquals(6, fetched.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://a.example/robots.txt", "javascript:1", "http://"})
  void aRedirectToNowhereIsAsIfThereWereNone(String location) throws Exception {
    web.put(
        "https://a.example/robots.txt",
        location.isEmpty() ? redirected(Optional.empty()) : redirected(location));
    assertTrue(allowed(PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void aRedirectToAFailureIsThatFailure() throws Exception {
    web.put("https://a.example/robots.txt", redirected("https://b.example/r"));
    web.put("https://b.example/r", deferred(503));
    assertInstanceOf(RobotsAnswer.Unreachable.class, cache.rules(PAGE, ANY_AGE, this::fetch));
    web.put("https://b.example/r", rejected("http_404", 404));
    assertTrue(allowed(PAGE));
  }

  @Test
  void oneFetchesWhileOthersWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger disallowed = new AtomicInteger();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                if (!allowed(PAGE, robots -> slow(robots, asked, answer))) {
                  disallowed.incrementAndGet();
                }
              }));
    }
    asked.await();
    waiting(threads, 20);
    answer.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(20, disallowed.get());
    assertEquals(1, fetched.size());
  }

  @Test
  void thoseWhoWaitTakeAFailureForTheirsToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger unreachable = new AtomicInteger();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                if (!allowed(PAGE, robots -> slow(robots, asked, answer, deferred(503)))) {
                  unreachable.incrementAndGet();
                }
              }));
    }
    asked.await();
    waiting(threads, 20);
    answer.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(20, unreachable.get());
    assertEquals(1, fetched.size());
  }

  @Test
  void anotherFetchesWhereTheOneIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual().start(() -> allowed(PAGE, robots -> slow(robots, asked, never)));
    asked.await();
    AtomicInteger disallowed = new AtomicInteger();
    CountDownLatch now = new CountDownLatch(0);
    Thread second =
        Thread.ofVirtual()
            .start(() -> {
              if (!allowed(PAGE, robots -> slow(robots, asked, now))) {
                disallowed.incrementAndGet();
              }
            });
    waiting(List.of(second), 1);
    first.interrupt();
    second.join();
    assertEquals(1, disallowed.get());
    assertEquals(2, fetched.size());
  }

  @Test
  void oneThatWaitsCanBeInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual().start(() -> allowed(PAGE, robots -> slow(robots, asked, answer)));
    asked.await();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> cache.rules(PAGE, ANY_AGE, this::fetch));
    answer.countDown();
    first.join();
    assertFalse(allowed(PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void aFetchThatThrowsLeavesNobodyWaiting() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            cache.rules(
                PAGE,
                ANY_AGE,
                robots -> {
                  throw new IllegalStateException("as a bug would");
                }));
    assertTrue(allowed(PAGE));
  }

  private static void waiting(List<Thread> threads, int count) {
    Eventually.holds(
        "threads wait",
        () ->
            threads.stream().filter(thread -> thread.getState() == Thread.State.WAITING).count()
                >= count);
  }

  private FetchOutcome slow(CrawlUrl robots, CountDownLatch asked, CountDownLatch answer)
      throws InterruptedException {
    return slow(robots, asked, answer, fetched(DISALLOW_ALL));
  }

  private FetchOutcome slow(
      CrawlUrl robots, CountDownLatch asked, CountDownLatch answer, FetchOutcome outcome)
      throws InterruptedException {
    fetched.add(robots.value());
    asked.countDown();
    answer.await();
    return outcome;
  }

  private FetchOutcome fetch(CrawlUrl robots) {
    fetched.add(robots.value());
    return web.getOrDefault(robots.value(), rejected("http_404", 404));
  }

  private boolean allowed(CrawlUrl page) throws InterruptedException {
    RobotsAnswer answer = cache.rules(page, ANY_AGE, this::fetch);
    return assertInstanceOf(RobotsAnswer.Known.class, answer).rules().allowed(page);
  }

  private boolean allowed(CrawlUrl page, RobotsFetching fetch) {
    try {
      return cache.rules(page, ANY_AGE, fetch) instanceof RobotsAnswer.Known(RobotsRules rules)
          && rules.allowed(page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static FetchOutcome fetched(String robots) {
    return new Fetched(
        PAGE,
        200,
        HttpMeta.ofType("text/plain"),
        robots.getBytes(StandardCharsets.UTF_8),
        false,
        robots.length(),
        Duration.ZERO,
        Instant.EPOCH);
  }

  private static FetchOutcome redirected(String location) {
    return redirected(Optional.of(location));
  }

  private static FetchOutcome redirected(Optional<String> location) {
    return new Redirected(PAGE, 302, location, HttpMeta.EMPTY, Duration.ZERO, Instant.EPOCH);
  }

  private static FetchOutcome rejected(String reason, int status) {
    return new Rejected(PAGE, reason, status, false, Duration.ZERO, Instant.EPOCH);
  }

  private static FetchOutcome deferred(int status) {
    return new Deferred(
        PAGE, "some", status, Optional.empty(), false, false, Duration.ZERO, Instant.EPOCH);
  }

  private static CrawlUrl url(String text) {
    return CrawlUrl.parse(text).orElseThrow();
  }
}
