package io.fcrawler.worker.command;

import io.fcrawler.command.Position;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Applied;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies noted commands to their seeds: always all that a seed does not know, in order, since one
 * that is skipped would count as applied for ever.
 */
public final class Notes {
  private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

  private final CrawlStore store;

  public Notes(CrawlStore store) {
    this.store = store;
  }

  /** Applies what these seeds do not know of their noted commands. */
  void apply(Collection<Seed> seeds) {
    Map<Seed, SeedState> states = store.states(seeds);
    store
        .noted(seeds)
        .forEach((seed, noted) ->
            apply(Optional.ofNullable(states.get(seed)).flatMap(SeedState::applied), noted));
  }

  /**
   * Applies the commands beyond the last one applied.
   *
   * @param applied as it was read
   * @param noted all commands of the seed, in order
   * @return whether anything was tried
   */
  public boolean apply(Optional<Position> applied, List<NotedCommand> noted) {
    int from = applied.map(position -> beyond(position, noted)).orElse(0);
    for (int i = from; i < noted.size(); i++) {
      NotedCommand command = noted.get(i);
      Optional<Position> before =
          i == 0 ? Optional.empty() : Optional.of(noted.get(i - 1).position());
      Applied verdict = store.apply(command, before);
      LOG.info(
          "{} {} of {}: {}",
          command.command().getClass().getSimpleName().toLowerCase(Locale.ROOT),
          command.command().crawlId(),
          command.command().seed(),
          verdict);
      if (verdict == Applied.EARLY) {
        break; // the state went back meanwhile: the next look begins earlier
      }
    }
    return from < noted.size();
  }

  /** The place after all commands that are at or below the position. */
  private static int beyond(Position applied, List<NotedCommand> noted) {
    int from = 0;
    for (int i = 0; i < noted.size(); i++) {
      Position position = noted.get(i).position();
      boolean known =
          position.topicId().equals(applied.topicId()) && position.offset() <= applied.offset();
      from = known ? i + 1 : from;
    }
    return from;
  }
}
