package io.fcrawler.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** The classes of the module whose tests run, and rules that hold for every module. */
public final class Architecture {
  private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target/classes"));

  /** So that a rule that holds for no class at all is noticed. */
  public int size() {
    return classes.size();
  }

  public void hasNoPackageCycles() {
    slices().matching("io.fcrawler.(**)").should().beFreeOfCycles().check(classes);
  }

  /** The packages that are not null-marked, or have no package-info. */
  public Set<String> packagesNotNullMarked() {
    Set<String> found = new TreeSet<>();
    for (JavaClass javaClass : classes) {
      JavaPackage javaPackage = javaClass.getPackage();
      if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
        found.add(javaPackage.getName());
      }
    }
    return found;
  }

  /** None but the classes of {@code users} may use the packages {@code used}. */
  public void onlyUsedBy(List<String> users, String... used) {
    noClasses()
        .that()
        .resideOutsideOfPackages(users.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .allowEmptyShould(true)
        .check(classes);
  }

  /** None but the class {@code user}, with what is in it, may use the packages {@code used}. */
  public void onlyUsedByClass(Class<?> user, String... used) {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not " + user.getName(),
                javaClass -> !javaClass.getName().startsWith(user.getName())))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .check(classes);
  }
}
