package io.fcrawler.worker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.EmptyState;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.TestingClock;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.TestingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Which empty stores have lost their state, and what is noted of them. */
@Isolated("it reads all that a class logs")
final class LostStateTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);
  private final Instant first = store.firstStart().orElseThrow();

  /** A log of two commands. */
  private record Log(Instant given, boolean anyRead, Runnable whileAsked) implements CommandAges {
    Log(Instant given, boolean anyRead) {
      this(given, anyRead, () -> {});
    }

    @Override
    public Optional<Older> before(Instant time) {
      whileAsked.run();
      return given.isBefore(time) ? Optional.of(new Older(2, given)) : Optional.empty();
    }
  }

  private Optional<EmptyState> examined(CommandAges ages, OnEmptyState settings)
      throws InterruptedException {
    new LostState(ages, store, settings, Optional.empty()).examine();
    return store.emptyState();
  }

  private Optional<EmptyState> examined(CommandAges ages) throws InterruptedException {
    return examined(ages, new OnEmptyState(false, GRACE));
  }

  @Test
  void commandsThatWereReadBeforeTheFirstStartAreThoseOfALostState() throws InterruptedException {
    EmptyState found = examined(new Log(first.minusSeconds(1), true)).orElseThrow();
    assertEquals(2, found.commands());
    assertEquals(first.minusSeconds(1), found.oldest());
    assertEquals(GRACE, found.left());
  }

  @Test
  void aFirstInstallationIsNotMeant() throws InterruptedException {
    assertEquals(Optional.empty(), examined(new Log(first.plusMillis(1), true)));
    assertEquals(Optional.empty(), examined(new Log(first, false)));
  }

  @Test
  void aFirstInstallationWhoseRedisStartedLateIsNotMeant() throws InterruptedException {
    assertEquals(Optional.empty(), examined(new Log(first.minusSeconds(3600), false)));
  }

  @Test
  void ofOldCommandsKafkaMayHaveForgottenThatTheyWereRead() throws InterruptedException {
    assertTrue(examined(new Log(first.minus(Duration.ofDays(30)), false)).isPresent());
  }

  @Test
  void whoWaitsHasNoSiteAskedUntilSomebodySaysSo() throws InterruptedException {
    OnEmptyState waiting = new OnEmptyState(true, GRACE);
    assertTrue(examined(new Log(first.minusSeconds(1), true), waiting).orElseThrow().waits());
  }

  @Test
  void whatIsFoundAgainByAnotherOrTheSameWorkerIsNotNotedAgain() throws InterruptedException {
    Log log = new Log(first.minusSeconds(1), true);
    examined(log);
    clock.advance(Duration.ofSeconds(10));
    assertEquals(Duration.ofSeconds(20), examined(log).orElseThrow().left());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(Duration.ZERO, examined(log).orElseThrow().left());
  }

  @Test
  void aReadingOfAnotherWorkerThatBeganMeanwhileIsNoReadingOfBefore() throws InterruptedException {
    Runnable noting = () -> store.note(new NoteRequest(3, "topic", 0, 1, List.of()));
    assertEquals(Optional.empty(), examined(new Log(first.minusSeconds(1), true, noting)));
  }

  @Test
  void aSnapshotThatRedisDidNotReadIsNamedInTheWarning(@TempDir Path folder) throws Exception {
    Path dump = Files.writeString(folder.resolve("dump.rdb"), "REDIS0010");
    Files.setLastModifiedTime(dump, FileTime.from(first.minusSeconds(60)));
    OnEmptyState settings = new OnEmptyState(false, GRACE);
    try (TestingLog log = new TestingLog(LostState.class)) {
      Log commands = new Log(first.minusSeconds(1), true);
      new LostState(commands, store, settings, Optional.of(folder)).examine();

      String said = String.join("\n", log.lines());
      assertTrue(said.startsWith("WARN Redis is empty: "), said);
      assertTrue(said.contains("(scripts/restore-redis.sh). " + dump + " was not read"), said);
    }
  }
}
