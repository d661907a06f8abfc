package io.fcrawler.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter errors = new StringWriter();

  /** Runs it, and gives its exit code. */
  private int run(String... arguments) {
    return new CommandLine(new Main()).setErr(new PrintWriter(errors)).execute(arguments);
  }

  @Test
  void oneWayOfRestartingIsGiven() {
    assertEquals(2, run("--rolling", "--restart"));
    assertTrue(errors.toString().startsWith("--rolling and --restart exclude each other"));
  }

  @Test
  void anUpgradeIsARestart(@TempDir Path older) {
    assertEquals(2, run("--upgrade-from", older.toString()));
    assertTrue(errors.toString().startsWith("--upgrade-from needs --rolling or --restart"));
  }

  @Test
  void anUpgradeBeginsWithProgramsThatWereBuilt(@TempDir Path older) {
    assertEquals(2, run("--rolling", "--upgrade-from", older.toString()));
    assertTrue(errors.toString().startsWith("no programs in " + older));
  }
}
