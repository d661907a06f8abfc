package io.fcrawler.worker.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.ops.Presence;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(600)
@Isolated("it reads all that a class logs")
final class OwnershipTest {
  private static final String REFUSAL = "Redis did not execute the call: READONLY";

  private final CrawlStore memory = new MemoryCrawlStore(InstantSource.system());
  private volatile Optional<String> problem = Optional.empty();
  private final AtomicInteger looks = new AtomicInteger();
  private final Presence redis = new Presence("redis", new SimpleMeterRegistry());
  private final Ownership ownership =
      new Ownership(
          refusing(),
          redis,
          (_, _) -> {
            throw new IllegalStateException("no session is begun here");
          },
          Duration.ofMillis(1),
          Duration.ofSeconds(1),
          System::nanoTime);

  /** All reads are answered, whatever is the matter with writes. */
  private CrawlStore refusing() {
    return (CrawlStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CrawlStore.class},
            (_, method, args) -> {
              if (method.getName().equals("problem")) {
                looks.incrementAndGet();
                return problem;
              }
              try {
                return method.invoke(memory, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AfterEach
  void stop() {
    ownership.stop(Duration.ofSeconds(1));
  }

  @Test
  void aStoreThatRefusesWritesIsOneLineHoweverManyReadsAreAnswered() {
    try (TestingLog log = new TestingLog(Presence.class)) {
      Thread.ofVirtual().start(ownership);
      awaitLooks();
      problem = Optional.of(REFUSAL);
      for (int i = 0; i < 3; i++) {
        redis.away(REFUSAL); // as a command that cannot be noted has it
        awaitLooks();
      }
      problem = Optional.empty();
      awaitLooks();

      assertEquals(List.of("WARN redis is away: " + REFUSAL, "INFO redis is back"), log.lines());
    }
  }

  /** Two, of which one began after now, and so is over. */
  private void awaitLooks() {
    int before = looks.get();
    Eventually.holds("the store is looked at", () -> looks.get() >= before + 3);
  }
}
