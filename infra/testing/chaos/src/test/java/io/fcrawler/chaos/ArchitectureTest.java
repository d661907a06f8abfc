package io.fcrawler.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is attacked is reached as users reach it. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(CLASSES.size() > 30, "saw " + CLASSES.size());
  }

  @Test
  void nothingOfTheCrawlerIsUsedButWhatNamesALane() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.fcrawler\\.(?!chaos\\.|client\\.|embedded\\.|standalone\\.|testing\\.web\\.|lane\\.Lane$|url\\.Fingerprinter$).*")
        .check(CLASSES);
  }

  @Test
  void sitesKnowNothingOfFaults() {
    noClasses()
        .that()
        .resideInAPackage("io.fcrawler.chaos.site")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fcrawler.chaos.fault", "io.fcrawler.chaos.fleet", "io.fcrawler.chaos.verdict")
        .check(CLASSES);
  }
}
