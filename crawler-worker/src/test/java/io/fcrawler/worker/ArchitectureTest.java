package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Architecture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers of this module: each technology in one place, and the domain in none of them. */
final class ArchitectureTest {
  private static final Architecture ARCHITECTURE = new Architecture();

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(ARCHITECTURE.size() > 80, "saw " + ARCHITECTURE.size());
  }

  @Test
  void onlyFetchingKnowsOkHttp() {
    ARCHITECTURE.onlyUsedBy(
        List.of("io.fcrawler.worker.fetch"), "okhttp3..", "okio..", "com.github.luben..");
  }

  @Test
  void onlyParsingKnowsJsoup() {
    ARCHITECTURE.onlyUsedBy(List.of("io.fcrawler.worker.parse"), "org.jsoup..");
  }

  @Test
  void onlyCommandsAndOutputKnowKafka() {
    ARCHITECTURE.onlyUsedBy(
        List.of("io.fcrawler.worker.command", "io.fcrawler.worker.kafka"), "org.apache.kafka..");
  }

  @Test
  void onlyMainChoosesTheStore() {
    ARCHITECTURE.onlyUsedByClass(
        Main.class, "io.fcrawler.store.redis..", "io.fcrawler.store.memory..", "org.redisson..");
  }

  @Test
  void packagesFormNoCycles() {
    ARCHITECTURE.hasNoPackageCycles();
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    assertEquals(Set.of(), ARCHITECTURE.packagesNotNullMarked());
  }
}
