package io.fcrawler.worker.own;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Applied;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedState;
import io.fcrawler.worker.command.Notes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a seed needs beside having its lanes run, done by the worker that owns its commands: noted
 * commands that the seed does not know (any more) are applied, a waiting crawl is opened, the keys
 * of former crawls are removed, its status is noted for the list of seeds, and a seed that is long
 * finished leaves the active ones. A slow sweep over all seeds puts back those that left them
 * unfinished, because the store went back in time.
 */
final class SeedCare {
  private static final Duration ACTIVE_AFTER_END = Duration.ofDays(1);
  private static final int SWEPT_AT_ONCE = 200;

  /** After which a status is noted again, as the store may have gone back in time. */
  private static final Duration INDEXED_FOR = Duration.ofMinutes(3);

  private static final int MOST_REMEMBERED = 200_000;

  private final CrawlStore store;
  private final Notes notes;
  private final Cache<Seed, CrawlStatus> indexed =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(INDEXED_FOR).build();

  private long swept;

  SeedCare(CrawlStore store) {
    this.store = store;
    this.notes = new Notes(store);
  }

  /** Does what is due; whether the seed's state is another by now. */
  boolean apply(Seed seed, Optional<SeedState> state, List<NotedCommand> noted) {
    boolean changed = notes.apply(state.flatMap(SeedState::applied), noted);
    if (changed || state.isEmpty()) {
      return changed;
    }
    return clear(seed, state.get(), noted);
  }

  private boolean clear(Seed seed, SeedState state, List<NotedCommand> noted) {
    if (!state.former().isEmpty()) {
      store.removeFormer(seed, state.former().iterator().next());
    }
    if (!state.status().finished()) {
      return false;
    }
    if (state.waiting()) {
      return store.openWaiting(seed) == Applied.DONE;
    }
    boolean old =
        state
            .finishedAt()
            .filter(at -> at.plus(ACTIVE_AFTER_END).isBefore(Instant.now()))
            .isPresent();
    if (old) {
      store.retire(seed, noted);
    }
    return false;
  }

  /** Notes statuses that are not noted yet for the list of seeds. */
  void index(List<SeedState> states) {
    Map<Seed, CrawlStatus> changed = new HashMap<>();
    for (SeedState state : states) {
      Seed seed = state.crawl().seed();
      if (state.status() != indexed.getIfPresent(seed)) {
        changed.put(seed, state.status());
      }
    }
    if (!changed.isEmpty()) {
      store.index(changed);
      indexed.putAll(changed);
    }
  }

  /** Looks at some more of all seeds, and makes those active again that are unfinished. */
  void sweep(IntPredicate mine) {
    List<Seed> seeds = store.seeds(swept, SWEPT_AT_ONCE);
    swept = seeds.size() < SWEPT_AT_ONCE ? 0 : swept + seeds.size();
    List<Seed> own = seeds.stream().filter(seed -> mine.test(Slots.of(seed.host()))).toList();
    store.states(own).values().stream()
        .filter(state -> !state.status().finished())
        .forEach(state -> store.reactivate(state.crawl().seed()));
  }
}
