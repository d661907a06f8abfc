package io.fcrawler.store.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.ops.Check;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.memory.MemoryCrawlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a snapshot that Redis did not load. */
final class UnreadDumpTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;

  private Path dump(Instant written) throws IOException {
    Path dump = Files.writeString(folder.resolve("dump.rdb"), "REDIS0010");
    return Files.setLastModifiedTime(dump, FileTime.from(written));
  }

  @Test
  void oneThatIsOlderThanTheStartWasNotRead() throws IOException {
    Path dump = dump(START.minusSeconds(1));

    String said = UnreadDump.in(Optional.of(folder), START).orElseThrow();
    assertEquals(
        dump
            + " was not read, as Redis loads only its append-only file: copy it elsewhere before Redis"
            + " overwrites it, and give that to scripts/restore-redis.sh --from-rdb.",
        said);
  }

  @Test
  void whatRedisWroteSinceItsStartIsItsOwn() throws IOException {
    dump(START.plusSeconds(1));

    assertEquals(Optional.empty(), UnreadDump.in(Optional.of(folder), START));
  }

  @Test
  void whereThereIsNoneOrTheFolderIsNotSeenNothingIsSaid() throws IOException {
    assertEquals(Optional.empty(), UnreadDump.in(Optional.empty(), START));
    assertEquals(Optional.empty(), UnreadDump.in(Optional.of(folder), START));
    assertEquals(Optional.empty(), UnreadDump.in(Optional.of(folder.resolve("none")), START));
    Files.createDirectory(folder.resolve("dump.rdb"));
    assertEquals(Optional.empty(), UnreadDump.in(Optional.of(folder), Instant.MAX));
  }

  @Test
  void healthNamesItBesideARedisThatWasFoundEmpty() throws IOException {
    MemoryCrawlStore store = new MemoryCrawlStore(new TestingClock());
    Check check = EmptyStateWatch.check(store, Optional.of(folder));
    dump(START);
    assertEquals(Optional.empty(), check.problem().get());

    store.noteEmpty(new EmptyFinding(Optional.empty(), 2, START));
    String said = check.problem().get().orElseThrow();
    assertTrue(said.startsWith("Redis was empty 0 s ago"), said);
    assertTrue(said.contains(" says so. " + folder.resolve("dump.rdb") + " was not read"), said);
  }
}
