package io.fcrawler.store.redis;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.testing.TestingRedis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * A real database of Redis that nobody else uses; its time passes by waiting. One serves all tests
 * of a class, each of which begins with {@link #clear}.
 */
final class RedisBackend implements StoreBackend, AutoCloseable {
  private static final String SHARED = "{fcrawler}:";

  private final RedissonClient client;
  private final RedisCrawlStore store;

  RedisBackend() {
    this(TestingRedis.ownDatabase());
  }

  /** The keys may be in several slots of a cluster, all of them on the server at {@code url}. */
  RedisBackend(String url) {
    RedisSettings settings = RedisSettings.fromEnv(Map.of("REDIS_URL", url));
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.setThreads(2).setNettyThreads(2);
    config
        .useSingleServer()
        .setAddress(url)
        .setDatabase(settings.database())
        .setConnectionPoolSize(2)
        .setConnectionMinimumIdleSize(1);
    client = Redisson.create(config);
    store = new RedisCrawlStore(settings);
  }

  /** Deletes all keys of the database. */
  void clear() {
    client.getKeys().flushdb();
  }

  @Override
  public RedisCrawlStore store() {
    return store;
  }

  RedissonClient client() {
    return client;
  }

  @Override
  public void pass(Duration duration) {
    long until = System.nanoTime() + duration.toNanos() + TimeUnit.MILLISECONDS.toNanos(2);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public Rollback snapshot() {
    Map<String, byte[]> dumps = new HashMap<>();
    Map<String, Long> ttls = new HashMap<>();
    for (String key : keys()) {
      var bucket = client.getBucket(key);
      ttls.put(key, Math.max(0, bucket.remainTimeToLive()));
      Optional.ofNullable(bucket.dump()).ifPresent(dump -> dumps.put(key, dump));
    }
    return new RedisRollback(dumps, ttls);
  }

  private Iterable<String> keys() {
    return client.getKeys().getKeys(KeysScanOptions.defaults().pattern("*fcrawler*"));
  }

  @Override
  public void loseQueue(Seed seed, Lane lane) {
    client.getKeys().delete(crawl(seed).queue(lane));
  }

  @Override
  public void loseOpening(Seed seed, Lane lane) {
    client.getSet(crawl(seed).lanes()).remove(lane.name());
  }

  private SeedKeys.CrawlKeys crawl(Seed seed) {
    return new SeedKeys(seed).crawl(store.progress(seed).orElseThrow().crawl().crawlId());
  }

  @Override
  public void close() {
    store.close();
    client.shutdown();
  }

  private final class RedisRollback implements Rollback {
    private final Map<String, byte[]> dumps;
    private final Map<String, Long> ttls;

    RedisRollback(Map<String, byte[]> dumps, Map<String, Long> ttls) {
      this.dumps = dumps;
      this.ttls = ttls;
    }

    @Override
    public void restore() {
      restore(key -> true);
    }

    @Override
    public void restoreCommands() {
      restore(key -> key.startsWith(SHARED));
    }

    @Override
    public void restoreSeed(Seed seed) {
      restore(key -> key.startsWith("fcrawler:seed:{" + seed.id() + "}:"));
    }

    private void restore(Predicate<String> which) {
      for (String key : keys()) {
        if (which.test(key)) {
          client.getBucket(key).delete();
        }
      }
      dumps.forEach((key, dump) -> {
        if (which.test(key)) {
          client.getBucket(key).restore(dump, ttls.getOrDefault(key, 0L), TimeUnit.MILLISECONDS);
        }
      });
    }
  }
}
