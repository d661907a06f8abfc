package io.fcrawler.store.watch;

import io.fcrawler.ops.Check;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.EmptyState;
import io.fcrawler.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What {@code /health} shows of a Redis that was found empty, for an hour or while sites rest. */
public final class EmptyStateWatch {
  private static final Duration SHOWN = Duration.ofHours(1);

  private EmptyStateWatch() {}

  /**
   * A warning; silent where the store does not answer.
   *
   * @param dataFolder Redis's own, where this program can see it
   */
  public static Check check(CrawlStore store, Optional<Path> dataFolder) {
    return Check.warning("redis-state", () -> problem(store, dataFolder));
  }

  private static Optional<String> problem(CrawlStore store, Optional<Path> dataFolder) {
    try {
      return store
          .emptyState()
          .filter(it -> it.rests() || it.age().compareTo(SHOWN) < 0)
          .map(it -> sentence(it) + dump(it, dataFolder));
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  private static String dump(EmptyState found, Optional<Path> dataFolder) {
    Instant foundAt = Instant.now().minus(found.age());
    return UnreadDump.in(dataFolder, foundAt).map(sentence -> " " + sentence).orElse("");
  }

  private static String sentence(EmptyState found) {
    String rest =
        found.waits()
            ? "No site is asked until `scripts/fcrawler recrawl`, or POST /api/fcrawler/recrawl, says so."
            : found.rests()
                ? "No site is asked for %d s more: pause or cancel crawls before that."
                    .formatted(found.left().plusMillis(999).toSeconds())
                : "";
    return ("Redis was empty %d s ago, but Kafka held %d commands, the oldest of %s: all that was ever submitted is crawled anew."
            + " To keep what was crawled, restore a backup of Redis (scripts/restore-redis.sh). %s")
        .formatted(found.age().toSeconds(), found.commands(), found.oldest(), rest)
        .strip();
  }
}
