package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.EmbeddedServerException;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("integration")
class AofRepairTest {
  private static final int KEYS = TestingAof.KEYS;
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 2, 12, 0, 0);

  @TempDir Path dir;

  /** What is done to an append-only file in which each command sets the next key. */
  enum Damage {
    ZEROS_AT_THE_END {
      @Override
      void inflict(RandomAccessFile file, int at) throws IOException {
        overwrite(file, at, new byte[(int) file.length() - at]);
      }
    },
    GARBAGE_AT_THE_END {
      @Override
      void inflict(RandomAccessFile file, int at) throws IOException {
        byte[] garbage = new byte[(int) file.length() - at];
        new Random(at).nextBytes(garbage);
        overwrite(file, at, garbage);
      }
    },
    ZEROS_WITHIN {
      @Override
      void inflict(RandomAccessFile file, int at) throws IOException {
        overwrite(file, at, new byte[40]);
      }
    },
    GARBAGE_ADDED {
      @Override
      void inflict(RandomAccessFile file, int at) throws IOException {
        overwrite(file, (int) file.length(), "?garbage".getBytes(StandardCharsets.US_ASCII));
      }
    };

    abstract void inflict(RandomAccessFile file, int at) throws IOException;

    private static void overwrite(RandomAccessFile file, int at, byte[] bytes) throws IOException {
      file.seek(at);
      file.write(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsBeforeTheDamageIsThereAfterRepair(Damage damage) throws IOException {
    Path file = writeAndKill();
    int at = (int) Files.size(file) / 2;
    int whole = damage == Damage.GARBAGE_ADDED ? KEYS : keysBefore(file, at);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      damage.inflict(open, at);
    }
    byte[] damaged = Files.readAllBytes(file);

    String refusal = assertThrows(EmbeddedServerException.class, this::startRedis).getMessage();
    String line = repair().repairAfter(String.valueOf(refusal)).orElseThrow();

    Path kept = dir.resolve(file.getFileName() + ".cut-20260102-120000");
    assertEquals(
        "refused its append-only file: its last %d bytes, all from the first bad one on, were cut; they are kept in %s"
            .formatted(Files.size(kept), kept),
        line);
    assertArrayEquals(damaged, concat(Files.readAllBytes(file), Files.readAllBytes(kept)));
    assertHoldsKeys(whole);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /**
   * Redis would cut the last command alone, and after the crash that follows run half of the
   * transaction.
   */
  @Test
  void aTransactionThatIsCutIsNeverRunByHalves() throws IOException {
    TestingAof aof = new TestingAof(dir);
    Path file = aof.writeAndKill();
    int begin = aof.addTransaction(file);
    byte[] written = Files.readAllBytes(file);
    for (int cut = begin + 1; cut < written.length; cut++) {
      Files.write(file, Arrays.copyOf(written, cut));
      try (RedisServer redis = startRepaired()) {
        aof.assertGoesOnWithout(redis, "cut at byte " + cut);
      }
    }
  }

  /** As the launcher does. */
  private RedisServer startRepaired() {
    try {
      return startRedis();
    } catch (EmbeddedServerException e) {
      assertTrue(repair().repairAfter(String.valueOf(e.getMessage())).isPresent(), e.getMessage());
      return startRedis();
    }
  }

  @Test
  void withoutRedisCheckAofTheFileIsRepairedAllTheSame() throws IOException {
    Path file = writeAndKill();
    int at = (int) Files.size(file) / 2;
    int whole = keysBefore(file, at);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      Damage.ZEROS_WITHIN.inflict(open, at);
    }
    AofRepair repair = new AofRepair(dir, Optional.empty(), () -> NOON);

    String refusal = assertThrows(EmbeddedServerException.class, this::startRedis).getMessage();
    assertTrue(repair.repairAfter(String.valueOf(refusal)).isPresent(), refusal);
    assertHoldsKeys(whole);
  }

  @Test
  void aCommandThatRedisDoesNotKnowIsCutThoughItsFormIsRight() throws IOException {
    Path file = writeAndKill();
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("key30");
    int name = text.lastIndexOf("SET", at);
    Files.writeString(
        file,
        text.substring(0, name) + "SXT" + text.substring(name + 3),
        StandardCharsets.ISO_8859_1);

    String refusal = assertThrows(EmbeddedServerException.class, this::startRedis).getMessage();

    assertTrue(repair().repairAfter(String.valueOf(refusal)).isPresent(), refusal);
    assertHoldsKeys(30);
  }

  /** Redis takes these files as they are, with the last value's end replaced by zeros. */
  @Test
  void zerosInPlaceOfTheLastValuesEndAreNotLoadedAsData() throws IOException {
    Path file = writeAndKill();
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      Damage.ZEROS_AT_THE_END.inflict(open, (int) open.length() - 4);
    }

    String line = repair().repairZeros().orElseThrow();

    assertTrue(line.startsWith("would load zeros"), line);
    assertHoldsKeys(KEYS - 1);
  }

  @Test
  void aSoundFileIsLeftAloneWhateverRedisSays() throws IOException {
    Path file = writeAndKill();
    byte[] before = Files.readAllBytes(file);

    assertTrue(repair().repairZeros().isEmpty());
    assertTrue(repair().repairAfter("Out of memory").isEmpty());
    assertTrue(repair().repairAfter("Bad file format reading the append only file x").isEmpty());

    assertEquals(before.length, Files.size(file));
    try (Stream<Path> files = Files.list(dir)) {
      assertTrue(files.noneMatch(path -> path.toString().contains(".cut-")));
    }
    assertHoldsKeys(KEYS);
  }

  @Test
  void aFolderWithoutDataHasNothingToRepair() throws IOException {
    assertTrue(repair().repairZeros().isEmpty());
  }

  @AfterEach
  void deleteLink() throws IOException {
    Files.deleteIfExists(dir.resolve("links").resolve("redis-check-aof"));
  }

  private AofRepair repair() {
    Optional<Path> checkAof = RedisBinary.find(System.getenv()).checkAof(dir.resolve("links"));
    return new AofRepair(dir, Optional.of(checkAof.orElseThrow()), () -> NOON);
  }

  private RedisServer startRedis() {
    return new TestingAof(dir).start();
  }

  private Path writeAndKill() throws IOException {
    return new TestingAof(dir).writeAndKill();
  }

  /** How many of the commands end at or before this place. */
  private static int keysBefore(Path file, int at) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).substring(0, at);
    int last = text.lastIndexOf("\r\n*");
    return text.substring(0, last).split("SET", -1).length - 1;
  }

  private void assertHoldsKeys(int count) throws IOException {
    try (RedisServer redis = startRedis()) {
      assertEquals(":" + count, call(redis, "DBSIZE"));
      assertEquals("$" + ("value" + (count - 1)).length(), call(redis, "GET key" + (count - 1)));
    }
  }

  private static String call(RedisServer redis, String command) throws IOException {
    return TestingInlineRedis.call(redis.port(), command);
  }
}
