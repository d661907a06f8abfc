package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Architecture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers of this module: it knows store and log by their interfaces. */
class ArchitectureTest {
  private static final Architecture ARCHITECTURE = new Architecture();

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(ARCHITECTURE.size() > 15, "saw " + ARCHITECTURE.size());
  }

  @Test
  void onlyMainChoosesTheBackends() {
    ARCHITECTURE.onlyUsedByClass(
        Main.class,
        "io.fcrawler.store.redis..",
        "io.fcrawler.store.memory..",
        "io.fcrawler.kafka..");
  }

  @Test
  void technologiesAreLeftToTheAdapters() {
    ARCHITECTURE.onlyUsedBy(
        List.of(), "org.redisson..", "org.apache.kafka..", "okhttp3..", "org.jsoup..");
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
