package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.memory.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SchemeRaceTest {
  private static final CrawlUrl START = url("https://a.example/");
  private static final CrawlUrl ROBOTS = url("https://a.example/robots.txt");
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final List<FetchOutcome> spare = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch httpAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** What a scheme does with a request. */
  private interface Scheme {
    FetchOutcome fetch(CrawlUrl url, Runnable sent) throws InterruptedException;
  }

  private static CrawlUrl url(String text) {
    return CrawlUrl.parse(text).orElseThrow();
  }

  private FetchOutcome race(Duration headStart, Duration decision, Scheme https, Scheme http)
      throws InterruptedException {
    Fetcher fetcher =
        (url, limit, memory, sent) -> {
          asked.add(url.value());
          if (url.scheme().equals("https")) {
            return https.fetch(url, sent);
          }
          httpAsked.countDown();
          return http.fetch(url, sent);
        };
    return new SchemeRace(fetcher, START, headStart, decision, spare::add)
        .fetch(ROBOTS, LIMIT, Hold.unbounded(), () -> {});
  }

  private static FetchOutcome page(CrawlUrl url) {
    HttpMeta meta = HttpMeta.ofType("text/plain");
    return new Fetched(url, 200, meta, new byte[0], false, 0, Duration.ZERO, Instant.EPOCH);
  }

  private static FetchOutcome refused(CrawlUrl url) {
    return new Rejected(url, "connection_refused", 0, true, Duration.ZERO, Instant.EPOCH);
  }

  private FetchOutcome silent() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nothing comes");
    } finally {
      ended.countDown();
    }
  }

  @Test
  void httpIsTakenWhereHttpsSaysNothing() throws InterruptedException {
    FetchOutcome outcome =
        race(Duration.ZERO, Duration.ofMillis(1), (_, _) -> silent(), (url, _) -> page(url));

    assertTrue(assertInstanceOf(Deferred.class, outcome).unconnectable());
    assertEquals(ROBOTS, outcome.url());
    assertEquals(
        List.of("http://a.example/robots.txt"),
        spare.stream().map(it -> it.url().value()).toList());
    ended.await(); // https was given up
  }

  @Test
  void httpIsNotAskedWhereHttpsIsConnected() throws InterruptedException {
    FetchOutcome outcome =
        race(
            NEVER,
            NEVER,
            (url, sent) -> {
              sent.run();
              return page(url);
            },
            (url, _) -> page(url));

    assertInstanceOf(Fetched.class, outcome);
    assertEquals(List.of(ROBOTS.value()), asked);
  }

  @Test
  void httpIsNotAskedWhereHttpsIsRefused() throws InterruptedException {
    FetchOutcome outcome = race(NEVER, NEVER, (url, _) -> refused(url), (url, _) -> page(url));

    assertInstanceOf(Rejected.class, outcome);
    assertEquals(List.of(ROBOTS.value()), asked);
  }

  @Test
  void whatHttpAnswersIsKeptWhereHttpsIsRefusedMeanwhile() throws InterruptedException {
    CountDownLatch refused = new CountDownLatch(1);
    FetchOutcome outcome =
        race(
            Duration.ZERO,
            NEVER,
            (url, _) -> {
              httpAsked.await();
              refused.countDown();
              return refused(url);
            },
            (url, _) -> {
              refused.await();
              return page(url);
            });

    assertInstanceOf(Rejected.class, outcome);
    assertEquals(
        List.of("http://a.example/robots.txt"),
        spare.stream().map(it -> it.url().value()).toList());
  }

  @Test
  void httpsIsPreferredWhereBothAnswer() throws InterruptedException {
    FetchOutcome outcome =
        race(
            Duration.ZERO,
            NEVER,
            (url, sent) -> {
              httpAsked.await();
              sent.run();
              return page(url);
            },
            (url, _) -> page(url));

    assertEquals(ROBOTS, assertInstanceOf(Fetched.class, outcome).url());
    assertEquals(List.of(), spare);
  }

  @Test
  void httpsIsWaitedForWhereHttpLeadsToIt() throws InterruptedException {
    FetchOutcome outcome =
        race(
            Duration.ZERO,
            Duration.ZERO,
            (url, _) -> {
              httpAsked.await();
              return page(url);
            },
            (url, _) ->
                new Redirected(
                    url,
                    301,
                    Optional.of(ROBOTS.value()),
                    HttpMeta.EMPTY,
                    Duration.ZERO,
                    Instant.EPOCH));

    assertInstanceOf(Fetched.class, outcome);
  }

  @Test
  void httpsIsWaitedForWhereHttpDoesNotAnswer() throws InterruptedException {
    FetchOutcome outcome =
        race(
            Duration.ZERO,
            Duration.ZERO,
            (url, _) -> {
              httpAsked.await();
              return page(url);
            },
            (url, _) -> refused(url));

    assertInstanceOf(Fetched.class, outcome);
  }

  @Test
  void otherSitesAreAskedAlone() throws InterruptedException {
    Fetcher fetcher = (url, limit, memory, sent) -> page(url);
    CrawlUrl other = url("https://b.example/robots.txt");
    FetchOutcome outcome =
        new SchemeRace(fetcher, START, Duration.ZERO, Duration.ZERO, spare::add)
            .fetch(other, LIMIT, Hold.unbounded(), () -> {});
    assertEquals(other, outcome.url());
  }

  @Test
  void anInterruptEndsBothRequests() throws InterruptedException {
    CountDownLatch httpEnded = new CountDownLatch(1);
    Thread lane = Thread.currentThread();
    assertThrows(
        InterruptedException.class,
        () ->
            race(
                Duration.ZERO,
                NEVER,
                (_, _) -> silent(),
                (_, _) -> {
                  lane.interrupt();
                  try {
                    return silent();
                  } finally {
                    httpEnded.countDown();
                  }
                }));
    ended.await();
    httpEnded.await();
  }

  @Test
  void aBugOfTheFetcherIsNotHidden() {
    assertThrows(
        IllegalStateException.class,
        () ->
            race(
                NEVER,
                NEVER,
                (_, _) -> {
                  throw new IllegalArgumentException("a bug");
                },
                (url, _) -> page(url)));
  }
}
