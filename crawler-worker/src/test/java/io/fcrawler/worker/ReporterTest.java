package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fcrawler.ops.Presence;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.Eventually;
import io.fcrawler.worker.lane.LaneMetrics;
import io.fcrawler.worker.own.Ownership;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** When a worker says how it is; the clock stands still, so that nothing but changes is told. */
@Isolated("it reads all that a class logs")
final class ReporterTest {
  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);
  private final Registry registry = new Registry();
  private volatile Optional<String> problem = Optional.empty();
  private final Ownership ownership =
      new Ownership(
          store,
          new Presence("redis", new SimpleMeterRegistry()),
          (_, _) -> {
            throw new IllegalStateException("no session is begun here");
          },
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          System::nanoTime);
  private final Reporter reporter =
      new Reporter(
          "id",
          registry,
          ownership,
          new LaneMetrics(new SimpleMeterRegistry()),
          () -> problem,
          "test",
          clock);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Reporter.class);

  @BeforeEach
  void start() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    ownership.onChange(reporter::changed);
  }

  @AfterEach
  void close() {
    registry.free.release(1000);
    reporter.close();
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void changesAreToldAtOnceAndNothingElseIs() {
    reporter.start();
    Eventually.holds("the first report", () -> registry.slots().equals(List.of(0)));
    ownership.assigned(Set.of(1, 2));
    Eventually.holds("two slots", () -> registry.slots().equals(List.of(0, 2)));
    ownership.assigned(Set.of());
    ownership.revoked(Set.of(2));
    Eventually.holds("one slot", () -> registry.slots().equals(List.of(0, 2, 1)));
  }

  @Test
  void aProblemIsToldAtOnceAndItsEndToo() {
    reporter.start();
    Eventually.holds("the first report", () -> registry.reports.size() == 1);
    problem = Optional.of("there is no topic");
    reporter.changed();
    Eventually.holds("the problem", () -> registry.reports.size() == 2);
    assertEquals(problem, registry.reports.getLast().problem());
    problem = Optional.empty();
    reporter.changed();
    Eventually.holds("its end", () -> registry.reports.size() == 3);
    assertEquals(Optional.empty(), registry.reports.getLast().problem());
  }

  @Test
  void aHeartbeatIsToldWhenItIsTime() {
    reporter.start();
    Eventually.holds("the first report", () -> registry.slots().size() == 1);
    clock.advance(WorkerReport.EVERY);
    reporter.changed(); // so that the test need not wait
    Eventually.holds("the heartbeat", () -> registry.slots().equals(List.of(0, 0)));
  }

  @Test
  void whileTheStoreDoesNotAnswerChangesGoOnAndTheirLastIsToldThen() {
    registry.free.drainPermits();
    reporter.start();
    Eventually.holds("a report is under way", registry.free::hasQueuedThreads);
    for (int slot = 0; slot < 50; slot++) {
      ownership.assigned(Set.of(slot));
    }
    assertEquals(List.of(), registry.slots());
    registry.free.release(1000);
    Eventually.holds("the last change", () -> registry.slots().contains(50));
    assertEquals(2, registry.slots().size());
  }

  @Test
  void reportsThatFailAreLoggedOnceAndTheFirstThatDoesNotToo() {
    registry.failures.set(3);
    reporter.start();
    Eventually.holds("the store is back", () -> !registry.slots().isEmpty());
    Eventually.holds("that is told", () -> log.list.size() == 2);
    assertEquals(
        List.of(
            "WARN this worker is not shown as it is: away",
            "INFO this worker is shown as it is again"),
        log.list.stream().map(it -> it.getLevel() + " " + it.getFormattedMessage()).toList());
    assertFalse(registry.failures.get() > 0);
  }

  /** Remembers reports, if it is let. */
  private static final class Registry implements WorkerRegistry {
    final List<WorkerReport> reports = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    final Semaphore free = new Semaphore(1000);

    List<Integer> slots() {
      return reports.stream().map(WorkerReport::slots).toList();
    }

    @Override
    public void report(WorkerReport report) {
      free.acquireUninterruptibly();
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new StoreUnavailableException("away", new IllegalStateException("test"));
      }
      reports.add(report);
    }

    @Override
    public void remove(String workerId) {
      reports.clear();
    }

    @Override
    public List<WorkerReport> all() {
      return List.copyOf(reports);
    }

    @Override
    public Set<String> discover() {
      return Set.of();
    }

    @Override
    public Map<String, WorkerReport> reports(Collection<String> workerIds) {
      return Map.of();
    }
  }
}
