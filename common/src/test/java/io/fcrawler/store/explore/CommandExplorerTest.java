package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.explore.Explorer.Report;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands' path, explored. {@code -Dexplore.commands=N} goes further. */
final class CommandExplorerTest {
  private static final int DEPTH = Integer.getInteger("explore.commands", 8);

  static Report explore(Set<CommandRule> takenOut, int depth) {
    CommandModel model = new CommandModel(takenOut);
    return new Explorer<>(model).explore(Map.of("the log is given", model.beginning()), depth);
  }

  @Test
  void whateverHappensEveryCommandTakesEffectAsIfGivenOnceInOrder() {
    Report report = explore(Set.of(), DEPTH);
    System.out.println("commands' path: " + report);
    assertTrue(report.states() > 1000);
  }

  @ParameterizedTest
  @EnumSource(CommandRule.class)
  void whereARuleIsTakenOutTheExplorerFindsWhatItPrevents(CommandRule rule) {
    AssertionError found = assertThrows(AssertionError.class, () -> explore(Set.of(rule), DEPTH));
    System.out.println("without " + rule + ":\n" + found.getMessage());
  }
}
