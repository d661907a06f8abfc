package io.fcrawler.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Supervising knows nothing of what is supervised. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(CLASSES.size() > 40, "saw " + CLASSES.size());
  }

  @Test
  void onlyTheListOfPartsKnowsKafkaAndRedis() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.fcrawler\\.standalone\\.(Parts|Ports|Programs)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fcrawler.embedded..", "org.apache.kafka..", "kafka..")
        .check(CLASSES);
  }

  @Test
  void thePartsAreProgramsNotClasses() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.fcrawler\\.(?!client\\.|embedded\\.|standalone\\.|testing\\.web\\.).*")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Arguments")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void whatTheDemoShowsKnowsNothingOfHowItIsRun() {
    noClasses()
        .that()
        .resideInAPackage("io.fcrawler.standalone.demo")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fcrawler.standalone", "io.fcrawler.embedded..")
        .check(CLASSES);
  }

  @Test
  void onlyTheClientOfTheApiKnowsJson() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..")
        .check(CLASSES);
  }
}
