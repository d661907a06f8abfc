package io.fcrawler.worker.command;

import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.watch.UnreadDump;
import io.fcrawler.worker.command.CommandAges.Older;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a Redis that lost its state from one of a first installation, before anything is noted in
 * it. It lost its state if it has no offsets, though Kafka holds commands that are older than its
 * first start, and that workers read. Of commands older than a day this is taken for granted: Kafka
 * forgets it in time. So a Redis that starts later than the API, for the first time, is not meant.
 */
final class LostState {
  private static final Logger LOG = LoggerFactory.getLogger(LostState.class);
  private static final Duration SURELY_READ = Duration.ofDays(1);

  private final CommandAges ages;
  private final CrawlStore store;
  private final OnEmptyState settings;
  private final Optional<Path> dataFolder;

  /**
   * @param dataFolder Redis's own, where this program can see it
   */
  LostState(CommandAges ages, CrawlStore store, OnEmptyState settings, Optional<Path> dataFolder) {
    this.ages = ages;
    this.store = store;
    this.settings = settings;
    this.dataFolder = dataFolder;
  }

  /** Examines a store that has no offsets; what is found is noted in it, and said once. */
  void examine() throws InterruptedException {
    Optional<Instant> first = store.firstStart();
    if (first.isEmpty() || store.emptyState().isPresent()) {
      return;
    }
    Optional<Older> older = ages.before(first.get());
    if (older.isEmpty() || !wereRead(older.get(), first.get())) {
      return;
    }
    // Another worker that began meanwhile has read, which would be taken for an earlier reading.
    if (store.offsets().isEmpty() && store.noteEmpty(finding(older.get()))) {
      warn(older.get(), first.get());
    }
  }

  private boolean wereRead(Older older, Instant first) throws InterruptedException {
    return older.oldest().isBefore(first.minus(SURELY_READ)) || ages.anyRead();
  }

  private EmptyFinding finding(Older older) {
    return new EmptyFinding(settings.rest(), older.commands(), older.oldest());
  }

  private void warn(Older older, Instant first) {
    LOG.warn(
        "Redis is empty: it started for the first time at {}, but Kafka holds {} commands from before, the oldest of {}."
            + " All that was ever submitted is crawled anew. {} To keep what was crawled, restore a backup of Redis"
            + " (scripts/restore-redis.sh).{}",
        first,
        older.commands(),
        older.oldest(),
        settings.waits()
            ? "No site is asked until `scripts/fcrawler recrawl` says so."
            : "No site is asked for %d s: crawls can be paused and cancelled before that."
                .formatted(settings.grace().toSeconds()),
        UnreadDump.in(dataFolder, first).map(sentence -> " " + sentence).orElse(""));
  }
}
