package io.fcrawler.store.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("it reads all that a class logs")
class RedisWatchTest {
  private static final Map<String, String> WELL = Map.of("aof_enabled", "1", "used_memory", "7");
  private static final Map<String, String> NO_FILE = Map.of("aof_enabled", "0");

  private final Logger logger = (Logger) LoggerFactory.getLogger(RedisWatch.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Map<String, String> info = WELL;
  private final RedisWatch watch = new RedisWatch(() -> info, Optional.empty());

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    watch.close();
  }

  private List<String> logged() {
    return log.list.stream().map(it -> it.getLevel() + " " + it.getFormattedMessage()).toList();
  }

  @Test
  void aFindingIsWarnedOfOnceAndItsEndIsTold() {
    String problem = "Redis keeps no append-only file, so a restart loses crawls";
    for (Map<String, String> told : List.of(WELL, NO_FILE, NO_FILE, WELL, WELL)) {
      info = told;
      watch.look();
      boolean well = told.equals(WELL);
      assertEquals(well, watch.check().problem().get().isEmpty());
    }
    assertEquals(2, logged().size(), logged().toString());
    assertTrue(logged().getFirst().startsWith("WARN " + problem + ". To fix it: redis-cli "));
    assertEquals("INFO Fixed: " + problem, logged().getLast());
  }

  @Test
  void whatCannotBeAskedIsToldOnceAndIsNoFinding() {
    info = Map.of();
    watch.look();
    watch.look();
    assertEquals(1, logged().size());
    assertTrue(logged().getFirst().startsWith("INFO Redis does not let this program ask INFO"));
    assertEquals(Optional.empty(), watch.check().problem().get());
  }

  @Test
  void whileRedisIsLoadingOrAwayTheLastFindingsStay() {
    info = NO_FILE;
    watch.look();
    info = Map.of("loading", "1");
    watch.look();
    assertTrue(watch.check().problem().get().isPresent());
    assertEquals(1, logged().size());
  }

  @Test
  void itLooksAtOnceAndAgainAndAgainWhateverHappens() {
    AtomicInteger looks = new AtomicInteger();
    RedisWatch failing =
        new RedisWatch(
            () -> {
              if (looks.incrementAndGet() < 3) {
                throw new StoreUnavailableException("away", new IllegalStateException("test"));
              }
              return NO_FILE;
            },
            Optional.empty(),
            Duration.ofMillis(1));
    try (failing) {
      failing.start(registry);
      Eventually.holds("a finding", () -> gauge("aof_disabled") == 1);
    }
    assertEquals(0, gauge("disk_low"));
    assertEquals(1, logged().size());
  }

  private double gauge(String kind) {
    return registry.get("fcrawler.redis.warning").tag("kind", kind).gauge().value();
  }
}
