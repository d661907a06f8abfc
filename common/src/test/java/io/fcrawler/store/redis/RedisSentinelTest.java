package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Audit;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingCertificate;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.testing.TestingSentinels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store by way of Sentinels. */
@Tag("integration")
final class RedisSentinelTest {
  private static final String SENTINEL_PASSWORD = "REDIS_SENTINEL_PASSWORD";

  private static final Seed SEED = new Seed("a.example");

  @TempDir Path folder;

  @Test
  void allThatIsAskedOfRedisFollowsTheMaster() throws IOException {
    try (TestingSentinels redis = new TestingSentinels(folder);
        RedisCrawlStore store = store(Map.of("REDIS_URL", redis.url()))) {
      Queue<Announcement> heard = new ConcurrentLinkedQueue<>();
      store.checkCompatible();
      store.listen(heard::add);
      assertEquals("1", store.info().get("aof_enabled"));

      redis.failOver();
      Eventually.holds("the replica is the master", () -> redis.isMaster(redis.second()));
      TestingRedis.call(redis.second(), "CONFIG", "SET", "appendonly", "no");

      Eventually.holds("the new master is asked", () -> "0".equals(aofEnabled(store)));
      Eventually.holds("the new master is listened to", () -> published(redis.second(), heard));
      assertEquals(new Audit(0, 0, 0, 1), audit(redis.url()));
      redis.killSentinels();
      assertEquals("0", store.info().get("aof_enabled"));
    }
  }

  private static String aofEnabled(RedisCrawlStore store) {
    try {
      return store.info().getOrDefault("aof_enabled", "");
    } catch (StoreUnavailableException e) {
      return "";
    }
  }

  private static boolean published(RedisServer by, Queue<Announcement> heard) {
    TestingRedis.call(by, "PUBLISH", "fcrawler:announcements", "a.example *");
    return !heard.isEmpty();
  }

  private static Audit audit(String url) {
    try (RedisAudit audit =
        new RedisAudit(RedisSettings.fromEnv(Map.of("REDIS_URL", url)), (_, _) -> {})) {
      return audit.run();
    }
  }

  @Test
  void aClientThatIsFirstUpReachesBothByTlsAndWithTheCredentialsOfEach() throws IOException {
    TestingCertificate certificate = TestingCertificate.make(folder);
    int redisPort = Loopback.freePort();
    int sentinelPort = Loopback.freePort();
    Map<String, String> env = new HashMap<>();
    env.put("REDIS_URL", "rediss+sentinel://127.0.0.1:" + sentinelPort + "/mymaster");
    env.put("REDIS_TLS_CA_FILE", certificate.certificate().toString());
    env.put("REDIS_PASSWORD", "of redis");
    env.put(SENTINEL_PASSWORD, "of sentinel");
    try (RedisCrawlStore store = store(env)) {
      assertThrows(StoreUnavailableException.class, () -> store.seeds(0, 1));
      try (RedisServer _ = redis(certificate, redisPort);
          RedisServer _ = sentinel(certificate, sentinelPort, redisPort)) {
        assertEquals(List.of(), store.seeds(0, 1));
        env.put(SENTINEL_PASSWORD, "another");
        assertNotReached(env);
      }
    }
  }

  private static void assertNotReached(Map<String, String> env) {
    try (RedisCrawlStore store = store(env)) {
      assertThrows(StoreUnavailableException.class, () -> store.seeds(0, 1));
    }
  }

  @Test
  void aMasterThatWasMadeAReplicaOrHasNoneAtHandExecutesNothing() throws IOException {
    try (TestingSentinels redis = new TestingSentinels(folder);
        RedisCrawlStore replica = store(Map.of("REDIS_URL", redis.second().url()));
        RedisCrawlStore master = store(Map.of("REDIS_URL", redis.url()))) {
      assertThrows(NotExecutedException.class, () -> replica.reactivate(SEED));
      assertThrows(NotExecutedException.class, replica::checkCompatible);

      TestingRedis.call(redis.first(), "CONFIG", "SET", "min-replicas-to-write", "2");
      assertThrows(NotExecutedException.class, () -> master.reactivate(SEED));
      assertThrows(NotExecutedException.class, master::checkCompatible);

      TestingRedis.call(redis.second(), "CONFIG", "SET", "replica-serve-stale-data", "no");
      TestingSentinels.cutOff(redis.second());
      assertThrows(NotExecutedException.class, () -> replica.reactivate(SEED));
      assertThrows(NotExecutedException.class, () -> replica.seeds(0, 1));
    }
  }

  private RedisServer redis(TestingCertificate certificate, int port) throws IOException {
    return start("redis", options(certificate, port, "--requirepass", "of redis"));
  }

  private RedisServer sentinel(TestingCertificate certificate, int port, int redisPort)
      throws IOException {
    String monitor = "sentinel monitor mymaster 127.0.0.1 %d 1%n".formatted(redisPort);
    Path file = Files.writeString(folder.resolve("sentinel.conf"), monitor);
    List<String> options = new ArrayList<>(List.of(file.toString(), "--sentinel"));
    options.addAll(options(certificate, port, "--requirepass", "of sentinel"));
    return start("sentinel", options);
  }

  private RedisServer start(String name, List<String> options) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    return RedisServer.start(RedisBinary.find(System.getenv()), own, 0, options);
  }

  private static List<String> options(TestingCertificate own, int port, String... further) {
    List<String> options = new ArrayList<>(List.of(further));
    options.addAll(
        List.of(
            "--tls-port", Integer.toString(port),
            "--tls-cert-file", own.certificate().toString(),
            "--tls-key-file", own.key().toString(),
            "--tls-auth-clients", "no"));
    return options;
  }

  private static RedisCrawlStore store(Map<String, String> env) {
    return new RedisCrawlStore(RedisSettings.fromEnv(env));
  }
}
