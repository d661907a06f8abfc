package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both paths, explored one or two steps further than {@code mvn verify} has the time for. */
@Tag("long")
final class DeepExplorationTest {
  private static final int LANES_FROM_THE_BEGINNING = 6;
  private static final int LANES_FROM_EACH = 3;
  private static final int COMMANDS = 14;

  @Test
  void lanesFromTheBeginning() {
    World world = new World(new Conduct(Set.of()));
    LaneExplorerTest.explore(
        world, Map.of("a crawl is opened", world.beginning()), LANES_FROM_THE_BEGINNING);
  }

  @Test
  void lanesFromAnyStateOfACrawl() {
    World world = new World(new Conduct(Set.of()));
    LaneExplorerTest.explore(world, LaneExplorerTest.crawl(world), LANES_FROM_EACH);
  }

  @Test
  void commands() {
    Explorer.Report report = CommandExplorerTest.explore(Set.of(), COMMANDS);
    System.out.println("commands' path: " + report);
    assertTrue(report.states() > 1000);
  }
}
