package io.fcrawler.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ScenarioTest {
  @Test
  void eachIsFoundByItsName() {
    for (Scenario scenario : Scenario.all()) {
      assertEquals(Optional.of(scenario), Scenario.named(scenario.name()));
    }
    assertEquals(Optional.empty(), Scenario.named("no such"));
  }

  @Test
  void everyFaultOfACrawlIsInItsMidstAndAfterTheOneBefore() {
    for (Scenario scenario : Scenario.all()) {
      List<Integer> percents =
          scenario.steps().stream()
              .filter(step -> step.moment() == Scenario.Moment.REQUESTED)
              .map(Scenario.Step::percent)
              .toList();
      assertTrue(
          percents.stream().allMatch(percent -> percent >= 20 && percent <= 75), scenario.name());
      assertEquals(percents.stream().sorted().distinct().toList(), percents);
    }
  }

  @Test
  void togetherTheyStopAndKillEachPartAndAllAtOnce() {
    Set<String> done =
        Scenario.all().stream()
            .flatMap(scenario -> scenario.steps().stream())
            .map(step -> step.fault().kind() + " " + step.fault().target())
            .collect(Collectors.toSet());
    assertTrue(
        done.containsAll(
            List.of(
                "TERM everything",
                "KILL everything",
                "KILL worker-1",
                "KILL api-1",
                "KILL redis",
                "KILL kafka",
                "FREEZE worker-1",
                "TAIL_CUT everything",
                "TAIL_GARBLED everything")),
        done::toString);
  }

  @Test
  void aLineTellsWhenWhatHappens() {
    assertEquals(
        "at 60 %: SIGTERM of everything, back after 0.0 s",
        Scenario.named("stop-everything").orElseThrow().lines().getLast());
  }
}
