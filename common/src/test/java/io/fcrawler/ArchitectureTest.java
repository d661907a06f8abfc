package io.fcrawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.Architecture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The layers of this module: domain packages know no technology; each technology is known to its
 * adapter alone.
 */
class ArchitectureTest {
  private static final Architecture ARCHITECTURE = new Architecture();

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(ARCHITECTURE.size() > 120, "saw " + ARCHITECTURE.size());
  }

  @Test
  void redissonIsUsedOnlyByTheStoreInRedis() {
    ARCHITECTURE.onlyUsedBy(List.of("io.fcrawler.store.redis"), "org.redisson..", "io.netty..");
  }

  @Test
  void kafkaIsUsedOnlyByItsAdapter() {
    ARCHITECTURE.onlyUsedBy(List.of("io.fcrawler.kafka"), "org.apache.kafka..");
  }

  @Test
  void httpServersAreUsedOnlyByThePackagesThatServe() {
    ARCHITECTURE.onlyUsedBy(
        List.of("io.fcrawler.http", "io.fcrawler.ops"),
        "io.javalin..",
        "org.eclipse.jetty..",
        "jakarta.servlet..");
  }

  @Test
  void nothingHereFetchesOrParsesPages() {
    ARCHITECTURE.onlyUsedBy(List.of(), "okhttp3..", "org.jsoup..");
  }

  @Test
  void icuIsUsedOnlyByNamesOfHosts() {
    ARCHITECTURE.onlyUsedBy(List.of("io.fcrawler.url"), "com.ibm.icu..");
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
