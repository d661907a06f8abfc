package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That large bodies take no carrier thread of the requests. */
class BulkThreadsTest {
  private static final String LARGE = " ".repeat(5000);

  private final TestingApi api = new TestingApi();
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @AfterEach
  void stop() {
    mayGoOn.countDown();
    api.close();
  }

  private <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  /** More work than there are threads, none of which ends before it may. */
  private void keepBusy() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    int most = Runtime.getRuntime().availableProcessors();
    CountDownLatch first = new CountDownLatch(1);
    Supplier<Boolean> work =
        () -> {
          begun.incrementAndGet();
          first.countDown();
          return await();
        };
    for (int i = 0; i <= most; i++) {
      Thread.startVirtualThread(() -> api.server.bulkThreads().call(work));
    }
    first.await();
    assertTrue(begun.get() <= Math.max(1, most / 2), "begun: " + begun);
  }

  private boolean await() {
    try {
      mayGoOn.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse<String> lines(String body) {
    return api.http.send(
        api.http
            .request("/api/submit")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void theyAreNoVirtualThreads() {
    assertFalse(
        async(() -> api.server.bulkThreads().call(() -> Thread.currentThread().isVirtual()))
            .join());
  }

  @Test
  void whatWorkThrowsReachesItsCaller() {
    IllegalStateException thrown = new IllegalStateException("test");

    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                api.server
                    .bulkThreads()
                    .call(() -> {
                      throw thrown;
                    }));
    assertEquals(thrown, caught);
  }

  @Test
  void otherRequestsAreAnsweredWhileLargeBodiesWait() throws InterruptedException {
    api.submitted("known.example");
    keepBusy();
    List<CompletableFuture<HttpResponse<String>>> large = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String domain = i + ".example";
      large.add(async(() -> lines("http://\n".repeat(2000) + domain)));
      large.add(async(() -> api.submit("{\"domains\":[\"a" + domain + "\"]" + LARGE + "}")));
      large.add(async(() -> api.submit("{\"domain\":\"b" + domain + "\"" + LARGE + "}")));
    }

    for (String path : List.of("/livez", "/readyz", "/health", "/metrics")) {
      assertEquals(200, api.http.get(path).statusCode(), path);
    }
    assertEquals("queued", api.json("known.example").path("status").textValue());
    api.submitted("small.example");
    assertTrue(large.stream().noneMatch(CompletableFuture::isDone));
    mayGoOn.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : large) {
      assertEquals(202, answer.join().statusCode(), answer.join().body());
      assertFalse(TestingHttp.json(answer.join()).isEmpty());
    }
  }
}
