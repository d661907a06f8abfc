package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.Cleanup;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.command.WorkerGroup;
import io.fcrawler.worker.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker finds when it starts: crawls under way, and what others left. */
@Timeout(300)
final class RecoveryIT {
  private static final int SEEDS = 10_000;

  /** A lease that is renewed seldom: this machine may be busy with more than this test. */
  private static final Map<String, String> SETTINGS =
      Map.of("FCRAWLER_SESSION_TIMEOUT", "30s", "FCRAWLER_SCAN_INTERVAL", "3s");

  @TempDir private Path folder;
  private RedisServer redis;
  private KafkaProcess kafka;
  private Deployment deployment;

  @BeforeEach
  void start() throws Exception {
    redis = TestingRedis.startPrivate(Files.createDirectory(folder.resolve("redis")));
    kafka = TestingKafka.startPrivate(Files.createDirectory(folder.resolve("kafka")));
    deployment = new Deployment(kafka.bootstrapServers(), redis.url(), SETTINGS);
  }

  @AfterEach
  void stop() {
    deployment.close();
    kafka.close();
    redis.close();
  }

  @Test
  void tenThousandActiveSeedsAreTakenUpByAWorkerThatStarts() throws Exception {
    ManySeeds seeds = new ManySeeds(deployment.store, SEEDS);
    int lanes = seeds.begin();
    assertTrue(lanes > SEEDS, lanes + " lanes");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    long beganNs = System.nanoTime();
    deployment.startWorker(meters);
    Eventually.holds("a lane is held", () -> held() > 0);
    Eventually.holds("half of them are held", () -> held() > lanes / 2);
    Eventually.holds("every lane is held", () -> held() == lanes);
    Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
    assertEquals(SEEDS, meters.get("fcrawler.scan.seeds").gauge().value());
    assertEquals(0, seeds.withoutCleanReceipt(100));
    System.out.printf(
        "%d active seeds: %d lanes held %d ms after a worker's start, one look at all took %.0f ms%n",
        SEEDS, lanes, took.toMillis(), meters.get("fcrawler.scan.seconds").gauge().value() * 1000);
  }

  private int held() {
    return deployment.store.workers().all().stream().mapToInt(WorkerReport::lanes).sum();
  }

  @Test
  void aStartingWorkerRemovesADeadOneAndKeepsThoseThatLive() {
    CrawlStore store = deployment.store;
    deployment.startWorker();
    Await.until("it is listed", () -> ids().size() == 1);
    Instant old = Instant.now().minusSeconds(60);
    store.workers().report(report("dead", old));
    store.workers().report(report("cut off from Kafka", Instant.now()));
    deployment.startWorker();
    Eventually.holds("the dead one is removed", () -> !ids().contains("dead"));
    Eventually.holds("two live", () -> ids().size() == 3);
    assertTrue(ids().contains("cut off from Kafka"));
    Eventually.holds(
        "that is noted", () -> store.lastCleanup().map(Cleanup::removed).equals(Optional.of(1)));
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
    WorkerGroup group = group(kafka.bootstrapServers());
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
