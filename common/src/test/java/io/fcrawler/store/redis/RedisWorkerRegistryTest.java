package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RMap;

/** Workers as Redis keeps them. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisWorkerRegistryTest {
  private final RedisBackend backend = new RedisBackend();
  private final WorkerRegistry workers = backend.store().workers();

  @BeforeEach
  void clear() {
    backend.clear();
  }

  @AfterAll
  void close() {
    backend.close();
  }

  private void report(String id) {
    Instant now = Instant.now();
    workers.report(new WorkerReport(id, "host:1", "1.0", now, now, 64, 3, 2, 10.5, 1000, 2000));
  }

  private RMap<String, String> recordOf(String id) {
    return backend.client().getMap("fcrawler:worker:" + id);
  }

  @Test
  void aReportGivesTheRecordADayAgain() {
    report("a");
    recordOf("a").expire(Duration.ofSeconds(60));
    report("a");
    long leftMs = recordOf("a").remainTimeToLive();
    assertTrue(leftMs > Duration.ofHours(23).toMillis(), leftMs + " ms");
    assertTrue(leftMs <= Duration.ofHours(24).toMillis(), leftMs + " ms");
  }

  @Test
  void aRecordThatIsNotListedIsDiscoveredAndSoIsAnIdWithoutARecord() {
    report("a");
    report("b");
    backend.client().getScoredSortedSet("fcrawler:workers").remove("a");
    recordOf("b").delete();
    assertEquals(Set.of("a", "b"), workers.discover());
    assertEquals(Set.of("a"), workers.reports(workers.discover()).keySet());
    workers.discover().forEach(workers::remove);
    assertEquals(Set.of(), workers.discover());
  }

  @Test
  void manyAreReadInBatches() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 321; i++) {
      ids.add("w" + i);
    }
    ids.forEach(this::report);
    assertEquals(ids, workers.reports(workers.discover()).keySet());
    assertEquals(321, workers.all().size());
  }
}
