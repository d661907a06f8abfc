package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/** A Redis that this program may not touch is told from others, whenever it appears. */
@Tag("integration")
final class RedisMetadataTest {
  private static final Seed SEED = new Seed("a.example");

  @TempDir private Path folder;
  private RedisServer server;
  private RedisCrawlStore store;
  private Redis other;

  @BeforeEach
  void start() {
    server = TestingRedis.startPrivate(folder);
    RedisSettings settings = RedisSettings.fromEnv(Map.of("REDIS_URL", server.url()));
    store = new RedisCrawlStore(settings);
    other = new Redis(settings);
  }

  @AfterEach
  void close() {
    store.close();
    other.close();
    server.close();
  }

  private RMap<String, String> metadata() {
    return other.client().getMap(RedisMetadata.KEY, StringCodec.INSTANCE);
  }

  private String refusal(Runnable call) {
    return String.valueOf(assertThrows(IncompatibleStoreException.class, call::run).getMessage());
  }

  @Test
  void theFirstStartFixesSchemaAndSlots() {
    long before = System.currentTimeMillis();
    store.checkCompatible();
    Map<String, String> fixed = metadata().readAllMap();
    assertEquals(Set.of("schemaVersion", "slots", "firstStart"), fixed.keySet());
    assertEquals("1", fixed.get("schemaVersion"));
    assertEquals("64", fixed.get("slots"));
    assertTrue(store.firstStart().orElseThrow().toEpochMilli() >= before);
    store.checkCompatible();
    assertEquals(fixed, metadata().readAllMap());
  }

  @Test
  void theFirstStartOfAStateThatAnOlderProgramBeganIsNotKnown() {
    metadata().putAll(Map.of("schemaVersion", "1", "slots", "64"));
    store.checkCompatible();
    assertEquals(Optional.empty(), store.firstStart());
  }

  @Test
  void theFirstStartIsThatOfTheProgramThatDiedBeforeItFixedTheRest() {
    metadata().put("firstStart", "5");
    assertEquals(Optional.of(Instant.ofEpochMilli(5)), store.firstStart());
    assertEquals("1", metadata().get("schemaVersion"));
  }

  @Test
  void aRedisThatLostAllStartsForTheFirstTimeAgain() {
    Instant first = store.firstStart().orElseThrow();
    metadata().delete();
    Eventually.holds("time passes", () -> System.currentTimeMillis() > first.toEpochMilli());
    assertTrue(store.firstStart().orElseThrow().isAfter(first));
  }

  @Test
  void fieldsOfLaterVersionsOfTheSameSchemaAreLeftAlone() {
    metadata().putAll(Map.of("schemaVersion", "1", "slots", "64", "later", "x"));
    store.checkCompatible();
    assertEquals("x", metadata().get("later"));
  }

  @Test
  void anotherNumberOfSlotsIsRefused() {
    metadata().put("slots", "32");
    String message = refusal(store::checkCompatible);
    assertTrue(message.contains("slots 32"), message);
    assertEquals(Map.of("slots", "32"), metadata().readAllMap());
  }

  @Test
  void aNewerSchemaIsRefusedByTheFirstCallOfAnyKind() {
    metadata().put("schemaVersion", "2");
    String message = refusal(() -> store.progress(SEED));
    assertTrue(message.startsWith("the state in Redis has schemaVersion 2"), message);
    assertEquals(Optional.of(message), store.problem());
    assertEquals(1, other.client().getKeys().count());
  }

  @Test
  void aSchemaThatIsRaisedWhileThisProgramRunsIsRefusedUntilItIsPutBack() {
    assertEquals(Optional.empty(), store.progress(SEED));
    metadata().put("schemaVersion", "2");
    Eventually.holds("it is refused", () -> refused(() -> store.progress(SEED)));
    assertTrue(refused(() -> store.states(List.of(SEED))));
    metadata().put("schemaVersion", "1");
    assertEquals(Optional.empty(), store.progress(SEED));
  }

  @Test
  void aNewerOneThatTakesThePlaceOfARedisThatWentAwayIsRefusedAtOnce() {
    assertEquals(Optional.empty(), store.progress(SEED));
    server.kill();
    assertThrows(StoreUnavailableException.class, () -> store.progress(SEED));
    server.restart();
    Eventually.holds("it is another", this::raised);
    refusal(() -> store.progress(SEED));
  }

  private boolean raised() {
    try {
      return other.call(() -> {
        metadata().put("schemaVersion", "2");
        return true;
      });
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void aRedisThatLostAllIsMarkedAgain() {
    store.checkCompatible();
    metadata().delete();
    Eventually.holds(
        "it is marked",
        () -> {
          store.progress(SEED);
          return metadata().containsKey("schemaVersion");
        });
  }

  private static boolean refused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (IncompatibleStoreException e) {
      return true;
    }
  }
}
