package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Pause;
import io.fcrawler.store.explore.Continuation.Visit;
import io.fcrawler.store.explore.Explorer.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lanes' path, explored. {@code -Dexplore.depth=N} goes further from the beginning, {@code
 * -Dexplore.each=N} from each state of a crawl.
 */
final class LaneExplorerTest {
  private static final int FROM_THE_BEGINNING = Integer.getInteger("explore.depth", 5);
  private static final int FROM_EACH = Integer.getInteger("explore.each", 2);
  private static final String SAVED = "; the store is saved";

  @Test
  void whateverHappensFromTheBeginningStaysExactAndEndsWithExactlyWhatThereIs() {
    World world = new World(new Conduct(Set.of()));
    Map<String, State> root = Map.of("a crawl is opened", world.beginning());
    explore(world, root, FROM_THE_BEGINNING);
  }

  /** So the end of a crawl is met too, which is far from its beginning. */
  @Test
  void whateverHappensFromAnyStateOfACrawlStaysExactAndEndsWithExactlyWhatThereIs() {
    World world = new World(new Conduct(Set.of()));
    explore(world, crawl(world), FROM_EACH);
  }

  static void explore(World world, Map<String, State> roots, int depth) {
    Report report = new Explorer<>(new LaneModel(world)).explore(roots, depth);
    System.out.printf(
        "lanes' path: %s from %d roots; %,d states of the store%n",
        report, roots.size(), world.stores());
    assertTrue(report.states() > 1000);
  }

  /**
   * Each state of a crawl without faults, by how it comes about: with each earlier one saved, and
   * saved itself before a pause.
   */
  static Map<String, State> crawl(World world) {
    List<Visit> path = new Continuation(world).path(world.beginning());
    Map<String, State> roots = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      State state = path.get(i).state();
      roots.put(names(path, 0, i), state);
      Pause pause = new Pause(Site.SEED, state.log().getFirst().crawlId());
      roots.put(
          names(path, 0, i) + SAVED + "; given: Pause",
          world.give(state.saving(state.store()), pause));
      for (int saved = 0; saved < i; saved++) {
        roots.put(
            names(path, 0, saved) + SAVED + "; " + names(path, saved + 1, i),
            state.saving(path.get(saved).state().store()));
      }
    }
    return roots;
  }

  private static String names(List<Visit> path, int first, int last) {
    return path.subList(first, last + 1).stream()
        .map(Visit::step)
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void whereARuleIsTakenOutTheExplorerFindsWhatItPrevents(Rule rule) {
    World world = new World(new Conduct(Set.of(rule)));
    Explorer<State> explorer = new Explorer<>(new LaneModel(world));
    AssertionError found =
        assertThrows(AssertionError.class, () -> explorer.explore(crawl(world), FROM_EACH + 1));
    System.out.println("without " + rule + ":\n" + found.getMessage());
  }
}
