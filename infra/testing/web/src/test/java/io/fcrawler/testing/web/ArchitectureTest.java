package io.fcrawler.testing.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This module stands at the bottom: tests and programs of all others use it. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void theRulesSeeAllClasses() {
    assertTrue(CLASSES.size() > 10, "saw " + CLASSES.size());
  }

  @Test
  void onlyTheJdkIsUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.fcrawler.testing.web", "java..", "javax..", "org.jspecify..")
        .check(CLASSES);
  }
}
