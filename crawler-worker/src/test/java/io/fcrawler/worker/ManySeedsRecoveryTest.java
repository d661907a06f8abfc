package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that starts takes up very many crawls. */
@Timeout(600)
@Tag("long")
final class ManySeedsRecoveryTest {
  private static final int SEEDS = 10_000;

  /** A lease that is renewed seldom: this machine may be busy with more than this test. */
  private static final Map<String, String> SETTINGS =
      Map.of("FCRAWLER_SESSION_TIMEOUT", "30s", "FCRAWLER_SCAN_INTERVAL", "3s");

  @Test
  void tenThousandActiveSeedsAreTakenUpByAWorkerThatStarts(@TempDir Path folder) throws Exception {
    try (OwnServers servers = new OwnServers(folder, SETTINGS)) {
      takeUp(servers.deployment);
    }
  }

  private static void takeUp(Deployment deployment) throws Exception {
    ManySeeds seeds = new ManySeeds(deployment.store, SEEDS);
    int lanes = seeds.begin();
    assertTrue(lanes > SEEDS, lanes + " lanes");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    long beganNs = System.nanoTime();
    deployment.startWorker(meters);
    Eventually.holds("a lane is held", () -> held(deployment) > 0);
    Eventually.holds("half of them are held", () -> held(deployment) > lanes / 2);
    Eventually.holds("every lane is held", () -> held(deployment) == lanes);
    Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
    assertEquals(SEEDS, meters.get("fcrawler.scan.seeds").gauge().value());
    assertEquals(0, seeds.withoutCleanReceipt(100));
    System.out.printf(
        "%d active seeds: %d lanes held %d ms after a worker's start, one look at all took %.0f ms%n",
        SEEDS, lanes, took.toMillis(), meters.get("fcrawler.scan.seconds").gauge().value() * 1000);
  }

  private static int held(Deployment deployment) {
    return deployment.store.workers().all().stream().mapToInt(WorkerReport::lanes).sum();
  }
}
