package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Audit;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingCertificate;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store by way of Sentinels. */
final class RedisSentinelIT {
  private static final String SENTINEL_PASSWORD = "REDIS_SENTINEL_PASSWORD";

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
      TestingSentinels.call(redis.second(), "CONFIG", "SET", "appendonly", "no");

      Eventually.holds("the new master is asked", () -> "0".equals(aofEnabled(store)));
      Eventually.holds("the new master is listened to", () -> published(redis.second(), heard));
      assertEquals(new Audit(0, 0, 0, 1), audit(redis.url()));
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
    TestingSentinels.call(by, "PUBLISH", "fcrawler:announcements", "a.example *");
    return !heard.isEmpty();
  }

  private static Audit audit(String url) {
    try (RedisAudit audit =
        new RedisAudit(RedisSettings.fromEnv(Map.of("REDIS_URL", url)), (_, _) -> {})) {
      return audit.run();
    }
  }

  @Test
  void redisAndSentinelsHaveCredentialsOfTheirOwnAndBothSpeakTls() throws IOException {
    TestingCertificate certificate = TestingCertificate.make(folder);
    int redisPort = Loopback.freePort();
    int sentinelPort = Loopback.freePort();
    Path file = Files.writeString(folder.resolve("sentinel.conf"), monitor(redisPort));
    try (RedisServer _ =
            start("redis", options(certificate, redisPort, "--requirepass", "of redis"));
        RedisServer _ =
            start(
                "sentinel",
                options(certificate, sentinelPort, "--requirepass", "of sentinel"),
                file.toString(),
                "--sentinel")) {
      Map<String, String> env = new HashMap<>();
      env.put("REDIS_URL", "rediss+sentinel://127.0.0.1:" + sentinelPort + "/mymaster");
      env.put("REDIS_TLS_CA_FILE", certificate.certificate().toString());
      env.put("REDIS_PASSWORD", "of redis");
      env.put(SENTINEL_PASSWORD, "of sentinel");
      try (RedisCrawlStore store = store(env)) {
        assertEquals(List.of(), store.seeds(0, 1));
      }
      env.put(SENTINEL_PASSWORD, "another");
      try (RedisCrawlStore store = store(env)) {
        assertThrows(StoreUnavailableException.class, () -> store.seeds(0, 1));
      }
    }
  }

  private static String monitor(int port) {
    return "sentinel monitor mymaster 127.0.0.1 %d 1%n".formatted(port);
  }

  private RedisServer start(String name, List<String> options, String... before)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    List<String> all = new ArrayList<>(List.of(before));
    all.addAll(options);
    return RedisServer.start(RedisBinary.find(System.getenv()), own, 0, all);
  }

  private static List<String> options(TestingCertificate own, int port, String... further) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--tls-port", Integer.toString(port),
                "--tls-cert-file", own.certificate().toString(),
                "--tls-key-file", own.key().toString(),
                "--tls-auth-clients", "no"));
    options.addAll(List.of(further));
    return options;
  }

  private static RedisCrawlStore store(Map<String, String> env) {
    return new RedisCrawlStore(RedisSettings.fromEnv(env));
  }
}
