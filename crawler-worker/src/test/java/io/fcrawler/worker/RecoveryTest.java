package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.store.Cleanup;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.Eventually;
import io.fcrawler.worker.command.WorkerGroup;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker finds when it starts: crawls under way, and what others left. */
@Timeout(600)
@Tag("integration")
final class RecoveryTest {
  /** A lease that is renewed seldom: this machine may be busy with more than this test. */
  private static final Map<String, String> SETTINGS =
      Map.of("FCRAWLER_SESSION_TIMEOUT", "30s", "FCRAWLER_SCAN_INTERVAL", "3s");

  @TempDir private Path folder;
  private OwnServers servers;
  private Deployment deployment;

  @BeforeEach
  void start() throws Exception {
    servers = new OwnServers(folder, SETTINGS);
    deployment = servers.deployment;
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void aStartingWorkerRemovesADeadOneAndKeepsThoseThatLive() {
    CrawlStore store = deployment.store;
    deployment.startWorker();
    Eventually.holds("it is listed", () -> ids().size() == 1);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    store.workers().report(report("dead", now.minusSeconds(60)));
    store.workers().report(report("cut off from Kafka", now));
    deployment.startWorker();
    Eventually.holds("the dead one is removed", () -> !ids().contains("dead"));
    Eventually.holds("two live", () -> ids().size() == 3);
    assertTrue(ids().contains("cut off from Kafka"));
    // By any worker's clean-up, of which a later one, that removes nobody, replaces the note.
    Eventually.holds(
        "that is noted",
        () -> store.lastCleanup().filter(it -> !it.at().isBefore(now)).isPresent());
    Cleanup noted = store.lastCleanup().orElseThrow();
    assertTrue(Set.of(2, 3).contains(noted.workers()), noted::toString);
  }

  private static WorkerReport report(String id, Instant at) {
    return new WorkerReport(id, "host:1", "1", at, at, 1, 1, 0, 0, 1, 2);
  }

  private Set<String> ids() {
    return deployment.store.workers().all().stream()
        .map(WorkerReport::id)
        .collect(Collectors.toSet());
  }

  @Test
  void theGroupNamesItsWorkersByTheIdsOfTheirRecords() {
    WorkerGroup group = group(servers.kafka.bootstrapServers());
    assertEquals(Optional.of(Set.of()), group.workers());
    Worker first = deployment.startWorker();
    deployment.startWorker();
    Eventually.holds(
        "both are members", () -> ids().size() == 2 && group.workers().equals(Optional.of(ids())));
    deployment.stop(first);
    Eventually.holds(
        "one is left", () -> ids().size() == 1 && group.workers().equals(Optional.of(ids())));
  }

  @Test
  void aKafkaThatIsAwayNamesNobody() {
    assertEquals(Optional.empty(), group("127.0.0.1:1").workers());
  }

  private static WorkerGroup group(String servers) {
    return new WorkerGroup(
        KafkaSettings.fromEnv(
            Map.of("KAFKA_BOOTSTRAP_SERVERS", servers, "KAFKA_REQUEST_TIMEOUT", "2s")));
  }
}
