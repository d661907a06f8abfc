package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.command.Command;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.kafka.KafkaCommandLog;
import io.fcrawler.kafka.Topics;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Workers in this JVM, with a Kafka and a Redis; and a user who submits and looks. */
final class Deployment implements AutoCloseable {
  /**
   * A lock for tests whose workers join the group of the Kafka that all tests share: two such tests
   * at once would crawl each other's seeds.
   */
  static final String SHARED_GROUP = "the group of workers on the shared Kafka";

  static final CrawlOptions FAST =
      new CrawlOptions(-1, -1, false, 0, 4, List.of(), List.of(), false);

  private static final long DEADLINE_S = 300;

  final RedisCrawlStore store;
  final KafkaCommandLog log;
  private final Map<String, String> environment;
  private final List<Worker> workers = new ArrayList<>();
  private final List<RedisCrawlStore> stores = new ArrayList<>();

  Deployment(String kafka, String redis, Map<String, String> further) throws InterruptedException {
    environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
    environment.put("REDIS_URL", redis);
    environment.put("FCRAWLER_ALLOW_PRIVATE", "127.0.0.0/8");
    environment.put("FCRAWLER_RETRY_DELAY", "50ms");
    environment.put("FCRAWLER_SCAN_INTERVAL", "500ms");
    environment.put("FCRAWLER_SESSION_TIMEOUT", "3s");
    environment.put("FCRAWLER_EMPTY_STATE_GRACE", "0s"); // Kafka may be shared, Redis new
    environment.putAll(further);
    KafkaSettings settings = KafkaSettings.fromEnv(environment);
    Topics.ensureWhenUp(settings);
    store = new RedisCrawlStore(RedisSettings.fromEnv(environment));
    log = new KafkaCommandLog(settings, Duration.ofSeconds(20));
  }

  /** What a worker is told. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  Worker startWorker() {
    return startWorker(new SimpleMeterRegistry());
  }

  Worker startWorker(MeterRegistry registry) {
    WorkerConfig config = WorkerConfig.fromEnv(environment);
    RedisCrawlStore own = new RedisCrawlStore(config.redis(), config.recoveryBatch());
    Worker worker = new Worker(config, own, registry, "test", _ -> {});
    worker.start();
    stores.add(own);
    workers.add(worker);
    return worker;
  }

  void stop(Worker worker) {
    worker.close();
    workers.remove(worker);
  }

  CrawlRef submit(String domain, CrawlOptions options) {
    Seed seed = StartParser.parse(domain).seed();
    return submit(domain, options, store.progress(seed).map(now -> now.crawl().crawlId()));
  }

  /** As the API does while Redis is away. */
  CrawlRef submitWithoutStore(String domain, CrawlOptions options) {
    return submit(domain, options, Optional.empty());
  }

  private CrawlRef submit(String domain, CrawlOptions options, Optional<CrawlId> saw) {
    Start start = StartParser.parse(domain);
    CrawlId crawlId = CrawlId.next(Instant.now(), ThreadLocalRandom.current());
    log.append(
        new Command.Open(
            start.seed(),
            crawlId,
            saw,
            start.url().value(),
            start.tryHttp(),
            options,
            Instant.now()));
    return new CrawlRef(start.seed(), crawlId);
  }

  Progress await(CrawlRef crawl, Predicate<Progress> condition) {
    return await(crawl, condition, DEADLINE_S);
  }

  private Progress await(CrawlRef crawl, Predicate<Progress> condition, long seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Optional<Progress> last = Optional.empty();
    while (System.nanoTime() < until) {
      last = progress(crawl);
      if (last.filter(condition).isPresent()) {
        return last.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError(
        "waited in vain: " + last + "; " + store.receipt(crawl.seed()).map(Receipt::toString));
  }

  private Optional<Progress> progress(CrawlRef crawl) {
    try {
      return store.progress(crawl.seed()).filter(now -> now.crawl().equals(crawl));
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  /** Waits for the end, and checks that all adds up. */
  Progress awaitDone(CrawlRef crawl) {
    return awaitDone(crawl, DEADLINE_S);
  }

  /** The same of a crawl that takes longer. */
  Progress awaitDone(CrawlRef crawl, long seconds) {
    Progress done = await(crawl, now -> now.status() == CrawlStatus.DONE, seconds);
    assertEquals(done.total(), done.crawled() + done.failed());
    assertEquals(List.of(), receipt(crawl.seed()).differences());
    return done;
  }

  Receipt receipt(Seed seed) {
    return store.receipt(seed).orElseThrow();
  }

  @Override
  public void close() {
    List.copyOf(workers).forEach(this::stop);
    stores.forEach(RedisCrawlStore::close);
    log.close();
    store.close();
  }
}
