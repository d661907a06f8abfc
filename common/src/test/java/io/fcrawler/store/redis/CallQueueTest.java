package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.NotExecutedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CallQueueTest {
  @Test
  void thousandsOfCallsAreAllMadeAFewAtATime() {
    CallQueue queue = new CallQueue(3, Duration.ofMinutes(1));
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> calls =
        IntStream.range(0, 5000)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () ->
                        queue.make(() -> {
                          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                          LockSupport.parkNanos(1); // lets others run
                          underWay.decrementAndGet();
                          return i;
                        }),
                    task -> Thread.ofVirtual().start(task)))
            .toList();
    assertEquals(
        IntStream.range(0, 5000).boxed().toList(),
        calls.stream().map(CompletableFuture::join).toList());
    assertTrue(most.get() <= 3, most + " at once");
  }

  @Test
  void aCallWhoseTurnDoesNotComeIsNotExecutedAndOneThatFailsMakesPlace() {
    CallQueue queue = new CallQueue(1, Duration.ofMillis(1));
    queue.make(() -> assertThrows(NotExecutedException.class, () -> queue.make(() -> 1)));
    assertThrows(
        IllegalStateException.class,
        () ->
            queue.make(() -> {
              throw new IllegalStateException("a failure");
            }));
    assertEquals(1, queue.make(() -> 1));
  }
}
