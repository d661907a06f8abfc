package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two workers, one store. */
class RobotsSharingTest {
  private static final CrawlUrl PAGE = CrawlUrl.parse("https://a.example/page").orElseThrow();
  private static final Duration ANY_AGE = Duration.ofDays(1);
  private static final String DISALLOW_ALL = "User-agent: *\nDisallow: /";

  private final AtomicLong nowNs = new AtomicLong();
  private final RobotsStore store =
      new MemoryCrawlStore(() -> Instant.EPOCH.plusNanos(nowNs.get())).robots();
  private final RobotsCache cache = cache("fcrawler", store);
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final Map<String, FetchOutcome> web = new ConcurrentHashMap<>();

  @Test
  void whatAnotherWorkerFetchedIsNotFetchedAgain() throws Exception {
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    assertFalse(allowed(PAGE));
    assertFalse(allowed(cache("fcrawler", store), PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void thatThereIsNoneIsSharedToo() throws Exception {
    assertTrue(allowed(PAGE));
    assertTrue(allowed(cache("fcrawler", store), PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void workersOfOtherNamesReadTheSameFile() throws Exception {
    web.put(
        "https://a.example/robots.txt",
        fetched("User-agent: *\nDisallow: /\n\nUser-agent: friend\nAllow: /"));
    assertFalse(allowed(PAGE));
    assertTrue(allowed(cache("friend", store), PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void theDayIsCountedFromTheFetch() throws Exception {
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    assertFalse(allowed(PAGE));
    nowNs.addAndGet(Duration.ofHours(23).toNanos());
    RobotsCache another = cache("fcrawler", store);
    assertFalse(allowed(another, PAGE));
    web.put("https://a.example/robots.txt", fetched(""));
    nowNs.addAndGet(Duration.ofHours(1).toNanos() - 1);
    assertFalse(allowed(another, PAGE));
    nowNs.addAndGet(1);
    assertTrue(allowed(another, PAGE));
    assertEquals(2, fetched.size());
  }

  @Test
  void whatIsOlderThanWantedIsFetchedAnew() throws Exception {
    assertTrue(allowed(PAGE));
    nowNs.addAndGet(Duration.ofHours(2).toNanos());
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    RobotsCache another = cache("fcrawler", store);
    Duration wanted = Duration.ofHours(1);
    assertInstanceOf(RobotsAnswer.Known.class, another.rules(PAGE, wanted, this::fetch));
    assertEquals(2, fetched.size());
    assertTrue(allowed(PAGE)); // where age is no matter
    assertInstanceOf(RobotsAnswer.Known.class, cache.rules(PAGE, wanted, this::fetch));
    assertFalse(allowed(PAGE));
    assertInstanceOf(RobotsAnswer.Known.class, another.rules(PAGE, wanted, this::fetch));
    assertEquals(2, fetched.size());
  }

  @Test
  void whatIsBeyondTheLimitIsNotSharedNorALineThatItCuts() throws Exception {
    String cut = "User-agent: *\n" + "#".repeat(RobotsText.MAX_LENGTH - 26) + "\nDisallow: /page";
    web.put("https://a.example/robots.txt", fetched(cut));
    assertTrue(allowed(PAGE));
    assertTrue(allowed(cache("fcrawler", store), PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void aFailureIsNotShared() throws Exception {
    web.put("https://a.example/robots.txt", deferred(500));
    assertInstanceOf(RobotsAnswer.Unreachable.class, cache.rules(PAGE, ANY_AGE, this::fetch));
    assertEquals(Optional.empty(), store.get("https://a.example"));
  }

  @Test
  void aStoreThatIsAwayIsDoneWithout() throws Exception {
    RobotsCache alone = cache("fcrawler", new Away());
    web.put("https://a.example/robots.txt", fetched(DISALLOW_ALL));
    assertFalse(allowed(alone, PAGE));
    assertFalse(allowed(alone, PAGE));
    assertEquals(1, fetched.size());
  }

  @Test
  void oneThatWaitsForTheStoreCanBeInterrupted() throws Exception {
    RobotsCache alone = cache("fcrawler", new Away());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> alone.rules(PAGE, ANY_AGE, this::fetch));
    assertEquals(List.of(), fetched);
    assertTrue(allowed(alone, PAGE));
  }

  /** As Redis that does not answer. */
  private static final class Away implements RobotsStore {
    @Override
    public Optional<Copy> get(String site) {
      throw new NotExecutedException("away");
    }

    @Override
    public void put(String site, Copy copy) {
      throw new NotExecutedException("away");
    }
  }

  private RobotsCache cache(String productToken, RobotsStore shared) {
    return new RobotsCache(RobotsSettings.of(productToken), shared, nowNs::get);
  }

  private boolean allowed(CrawlUrl page) throws InterruptedException {
    return allowed(cache, page);
  }

  private boolean allowed(RobotsCache by, CrawlUrl page) throws InterruptedException {
    RobotsAnswer answer = by.rules(page, ANY_AGE, this::fetch);
    return assertInstanceOf(RobotsAnswer.Known.class, answer).rules().allowed(page);
  }

  private FetchOutcome fetch(CrawlUrl robots) {
    fetched.add(robots.value());
    return web.getOrDefault(robots.value(), rejected("http_404", 404));
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

  private static FetchOutcome rejected(String reason, int status) {
    return new Rejected(PAGE, reason, status, false, Duration.ZERO, Instant.EPOCH);
  }

  private static FetchOutcome deferred(int status) {
    return new Deferred(
        PAGE, "some", status, Optional.empty(), false, false, Duration.ZERO, Instant.EPOCH);
  }
}
