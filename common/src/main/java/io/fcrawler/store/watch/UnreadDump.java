package io.fcrawler.store.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A snapshot in Redis's folder that Redis did not load, as it reads its append-only file alone. */
public final class UnreadDump {
  private static final String NAME = "dump.rdb";

  private UnreadDump() {}

  /**
   * What to do about it, as a sentence; empty where there is none, or it cannot be seen.
   *
   * @param before the time of Redis's start: what it wrote since is its own
   */
  public static Optional<String> in(Optional<Path> dataFolder, Instant before) {
    return dataFolder
        .map(folder -> folder.resolve(NAME))
        .filter(dump -> isOlder(dump, before))
        .map(dump ->
            "%s was not read, as Redis loads only its append-only file: copy it elsewhere before Redis overwrites it, and give that to scripts/restore-redis.sh --from-rdb."
                .formatted(dump));
  }

  private static boolean isOlder(Path dump, Instant before) {
    try {
      return Files.isRegularFile(dump)
          && Files.getLastModifiedTime(dump).toInstant().isBefore(before);
    } catch (IOException e) {
      return false;
    }
  }
}
