package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.explore.Explorer.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lanes' path, explored. {@code -Dexplore.depth=N} goes further. */
final class LaneExplorerTest {
  private static final int DEPTH = Integer.getInteger("explore.depth", 4);
  private static final int DEPTH_FROM_EACH = Integer.getInteger("explore.each", 2);

  @Test
  void allThatMayHappenFromTheBeginningStaysExactAndEndsWithExactlyWhatThereIs() {
    World world = new World(new Conduct(Set.of()));
    Map<String, State> roots = Map.of("a crawl is opened", world.beginning());
    print(world, new Explorer<>(new LaneModel(world)).explore(roots, DEPTH), roots.size());
  }

  /** So the end of a crawl is met too, whose beginning is far away. */
  @Test
  void theSameFromEachStateOfACrawlThatHadNoFaultsYet() {
    World world = new World(new Conduct(Set.of()));
    List<State> path = new Continuation(world).path(world.beginning());
    Map<String, State> roots = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      for (int saved = 0; saved < i; saved++) {
        String name = "step %d of a faultless crawl, saved at step %d".formatted(i, saved);
        roots.put(name, path.get(i).saving(path.get(saved).store()));
      }
    }
    print(
        world, new Explorer<>(new LaneModel(world)).explore(roots, DEPTH_FROM_EACH), roots.size());
  }

  private static void print(World world, Report report, int roots) {
    System.out.printf("%s; %d roots, %,d states of the store%n", report, roots, world.stores());
    assertTrue(report.states() > 1000);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRuleThatIsTakenOutIsMissed(Rule rule) {
    World world = new World(new Conduct(Set.of(rule)));
    Explorer<State> explorer = new Explorer<>(new LaneModel(world));
    Map<String, State> root = Map.of("a crawl is opened", world.beginning());
    AssertionError found = assertThrows(AssertionError.class, () -> explorer.explore(root, 8));
    System.out.println("without " + rule + ":\n" + found.getMessage());
  }
}
