package io.fcrawler.worker.fetch;

import static io.fcrawler.worker.fetch.Fetching.url;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.memory.MemoryBudget;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import io.fcrawler.worker.memory.MemoryPlan;
import io.fcrawler.worker.testing.Http2Site;
import io.fcrawler.worker.testing.Http2Site.Step;
import io.fcrawler.worker.testing.TestingTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class MemoryOfFetchesTest {
  private static final Duration CALL = Duration.ofSeconds(3);
  private static final int BODY = 1 << 20;
  private static final int SHARED = 1 << 20;

  /** A page may have 4 MiB; what all share is 1 MiB, of which half is for what is read. */
  private final MemoryBudget budget =
      new MemoryBudget(new MemoryPlan(SHARED + (4 << 20), 4 << 20, BODY, 2 << 20, 1 << 20));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private SiteServer site;
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    site = SiteServer.start();
    fetcher = new OkHttpFetcher(Fetching.loopback().withTimeouts(CALL, CALL, CALL));
  }

  @AfterEach
  void stop() throws IOException {
    threads.shutdownNow();
    threads.close();
    fetcher.close();
    site.close();
  }

  private static Answer page(int length) {
    return Answer.text("x".repeat(length));
  }

  private FetchOutcome fetch(String path, Hold memory) throws InterruptedException {
    return fetcher.fetch(url(site.url(path)), Duration.ofMinutes(1), memory, () -> {});
  }

  /** Somebody who leads, and leaves only a little to the others. */
  private Hold leader() throws InterruptedException {
    Hold leader = budget.open();
    leader.growTo(SHARED + 1, Use.WORK);
    leader.shrinkTo(SHARED - (256 << 10));
    return leader;
  }

  private Future<FetchOutcome> waiting(String path, Hold memory) {
    Future<FetchOutcome> fetch = threads.submit(() -> fetch(path, memory));
    Eventually.holds("it waits", () -> budget.waiting() == 1);
    return fetch;
  }

  @Test
  void aFetchHoldsWhatItsBodyTakes() throws Exception {
    site.route("/", page(700_000));
    try (Hold memory = budget.open()) {
      Fetched fetched = assertInstanceOf(Fetched.class, fetch("/", memory));
      assertEquals(700_000, fetched.body().length);
      assertTrue(memory.bytes() >= 700_000);
    }
    assertEquals(0, budget.used());
  }

  @Test
  void aBodyThatTheHeapHasNoRoomForIsCut() throws Exception {
    site.route("/", page(BODY + 1));
    try (Hold memory = budget.open()) {
      Fetched fetched = assertInstanceOf(Fetched.class, fetch("/", memory));
      assertEquals(BODY, fetched.body().length);
      assertTrue(fetched.truncated());
    }
  }

  @Test
  void smallPagesAreFetchedWhileOthersWaitForMemory() throws Exception {
    site.route("/small", page(1000)).route("/large", page(600_000));
    Hold leader = leader();
    Future<FetchOutcome> large = waiting("/large", budget.open());
    try (Hold memory = budget.open()) {
      assertInstanceOf(Fetched.class, fetch("/small", memory));
    }
    assertFalse(large.isDone());
    leader.close();
    assertInstanceOf(Fetched.class, large.get());
  }

  /** The limit of a call is over for one that began later, when the waiting one goes on. */
  @Test
  void theTimeForWhichAFetchWaitsForMemoryIsNotTheServers() throws Exception {
    site.route("/large", page(600_000)).route("/hanging", Misbehaviour.hangingAfter(""));
    Hold leader = leader();
    Future<FetchOutcome> large = waiting("/large", budget.open());
    FetchOutcome hanging = fetch("/hanging", Hold.unbounded());
    assertEquals(Reasons.TIMEOUT, assertInstanceOf(Deferred.class, hanging).reason());
    leader.close();
    Fetched fetched = assertInstanceOf(Fetched.class, large.get());
    assertTrue(fetched.elapsed().compareTo(hanging.elapsed()) < 0, "elapsed without the wait");
  }

  @Test
  void aServerThatGivesUpMeanwhileIsAskedAgainWithAllTheMemoryAtHand() throws Exception {
    CountDownLatch gaveUp = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    byte[] head =
        ("HTTP/1.1 200 OK\r\nContent-Length: 600000\r\n\r\n" + "x".repeat(100_000))
            .getBytes(StandardCharsets.ISO_8859_1);
    Route impatient =
        (request, socket, out) -> {
          if (requests.incrementAndGet() > 1) {
            page(600_000).writeTo(out);
            return true;
          }
          out.write(head);
          out.flush();
          gaveUp.await();
          socket.setSoLinger(true, 0);
          return false;
        };
    site.route("/large", impatient);
    Hold leader = leader();
    Hold memory = budget.open();
    Future<FetchOutcome> large = waiting("/large", memory);
    gaveUp.countDown();
    leader.close();
    assertInstanceOf(Deferred.class, large.get());
    assertTrue(memory.isLacking());
    assertInstanceOf(Fetched.class, fetch("/large", memory));
    assertFalse(memory.isLacking());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    site.route("/large", page(600_000));
    Hold leader = leader();
    Hold memory = budget.open();
    waiting("/large", memory).cancel(true);
    Eventually.holds("it waits no more", () -> budget.waiting() == 0);
    leader.close();
    memory.close();
    Eventually.holds("nothing is held", () -> budget.used() == 0);
  }

  /** What an HTTP/2 server sends meanwhile would be kept, whether there is memory or not. */
  @Test
  void anHttp2StreamThatLacksMemoryIsGivenUpAndAskedForAgain() throws Exception {
    try (Http2Site http2 = new Http2Site(n -> Step.ANSWER);
        OkHttpFetcher trusting = trusting()) {
      Hold leader = leader();
      leader.shrinkTo(SHARED - (540 << 10)); // enough for the request, not for its body
      Hold memory = budget.open();
      FetchOutcome first = trusting.fetch(url(http2.url("/")), CALL, memory, () -> {});
      assertInstanceOf(Deferred.class, first);
      assertTrue(memory.isLacking());
      leader.close();
      FetchOutcome second = trusting.fetch(url(http2.url("/")), CALL, memory, () -> {});
      assertEquals(2, assertInstanceOf(Fetched.class, second).body().length);
      assertEquals(2, http2.requests());
    }
  }

  private static OkHttpFetcher trusting() throws Exception {
    return new OkHttpFetcher(
        Fetching.loopback(),
        new SystemResolver(CALL),
        Tls.trusting(TestingTls.store("ca"))::configure,
        Clock.systemUTC());
  }
}
