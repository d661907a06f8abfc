package io.fcrawler.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.chaos.fault.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first run of {@code scripts/chaos.sh --seed 1}; its logs are left where it fails. */
@Timeout(600)
@Tag("integration")
final class ChaosTest {
  private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();
  private static final Path LOGS = Path.of("target/chaos").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(ints = {1})
  void allNumbersAreExactWhateverHappens(int number) throws Exception {
    Path folder = LOGS.resolve("run-" + number + "-" + ProcessHandle.current().pid());
    Outcome outcome = new ChaosRun(ROOT, folder, 1, number).run(false);
    assertEquals(List.of(), outcome.problems(), outcome::toString);
    assertTrue(outcome.urls() > 3000, outcome::toString);
    assertTrue(Files.notExists(folder), "files are left");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Tag("long")
  void allNumbersAreExactInEachScenario(Scenario scenario) throws Exception {
    Path folder = LOGS.resolve(scenario.name() + "-" + ProcessHandle.current().pid());
    Outcome outcome = new ChaosRun(ROOT, folder, 1, scenario).run(false);
    assertEquals(List.of(), outcome.problems(), outcome::toString);
    assertEquals(scenario.lines(), outcome.faults());
    assertTrue(Files.notExists(folder), "files are left");
  }

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @AfterAll
  static void noProcessIsLeft() {
    assertEquals(
        List.of(), ProcessHandle.current().descendants().map(ProcessHandle::info).toList());
  }
}
