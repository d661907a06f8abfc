package io.fcrawler.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This module stands at the bottom: the tests of all others use it. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(CLASSES.size() > 12, "saw " + CLASSES.size());
  }

  @Test
  void nothingElseOfFcrawlerIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("io\\.fcrawler\\.(?!embedded\\.).*")
        .check(CLASSES);
  }

  @Test
  void nobodyNeedsToKnowTheInsidesOfKafka() {
    noClasses()
        .that()
        .arePublic()
        .and()
        .doNotHaveSimpleName("EmbeddedKafka")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka..", "scala..")
        .check(CLASSES);
  }
}
