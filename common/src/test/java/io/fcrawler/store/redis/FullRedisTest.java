package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.testing.TestingRedis;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.redisnode.RedisNodes;

/** A Redis without memory for more: what only reads is answered, the rest refused as a whole. */
@Tag("integration")
class FullRedisTest {
  private static final Seed SEED = new Seed("a.example");

  @TempDir Path folder;

  @Test
  void progressReceiptAndListAreToldThough() {
    try (RedisServer redis = TestingRedis.startPrivate(folder);
        RedisCrawlStore store =
            new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url())))) {
      store.apply(open(0));
      store.index(Map.of(SEED, CrawlStatus.CRAWLING));
      fill(redis);

      assertThrows(NotExecutedException.class, () -> store.apply(open(1)));
      assertEquals(1, store.progress(SEED).orElseThrow().total());
      assertTrue(store.receipt(SEED).orElseThrow().clean());
      SeedQuery all = new SeedQuery(Optional.empty(), "", 10, Optional.empty());
      assertEquals(List.of(SEED), store.list(all).seeds());
    }
  }

  private static void fill(RedisServer redis) {
    Redis connection = new Redis(RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url())));
    connection.client().getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory", "1");
    connection.close();
  }

  private static NotedCommand open(long offset) {
    Instant now = Instant.now();
    Open open =
        new Open(
            SEED,
            CrawlId.next(now, new SecureRandom()),
            Optional.empty(),
            "https://a.example/",
            false,
            CrawlOptions.DEFAULT,
            now);
    return new NotedCommand(new Position("topic", 0, offset), open);
  }
}
