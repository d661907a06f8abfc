package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.kafka.Topics;
import io.fcrawler.lane.Slots;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What dies and comes back: the crawl goes on by itself, and its numbers are exact. */
@Timeout(600)
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT) // each has servers of its own, and mostly waits
final class OutageTest {
  private static final int PAGES = 400;

  @TempDir private Path folder;
  private OwnServers servers;
  private RedisServer redis;
  private KafkaProcess kafka;
  private Deployment deployment;
  private SiteServer site;

  @BeforeEach
  void start() throws Exception {
    servers = new OwnServers(folder, Map.of());
    redis = servers.redis;
    kafka = servers.kafka;
    deployment = servers.deployment;
    site = SiteServer.start();
    site.serve(Site.tree(PAGES, Duration.ofMillis(10)));
  }

  @AfterEach
  void stop() throws IOException {
    servers.close();
    site.close();
  }

  private CrawlRef submitAndAwait(int crawled) {
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    deployment.await(crawl, now -> now.crawled() >= crawled);
    return crawl;
  }

  private void assertWhole(CrawlRef crawl, int mostRefetched) {
    Progress done = deployment.awaitDone(crawl);
    assertEquals(PAGES, done.total());
    assertEquals(PAGES, done.crawled());
    List<Visit> requests =
        site.log().stream().filter(logged -> !logged.target().equals("/robots.txt")).toList();
    Set<String> distinct = new HashSet<>();
    requests.forEach(request -> distinct.add(request.target()));
    assertEquals(PAGES, distinct.size());
    int again = requests.size() - distinct.size();
    assertTrue(again <= mostRefetched, () -> again + " requests were repeated");
  }

  @Test
  void redisIsKilledAndComesBack() {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(100);
    redis.kill();
    redis.restart();
    assertWhole(crawl, 250);
  }

  @Test
  void redisIsAwayForLongerThanTheLease() {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(100);
    redis.kill();
    int before = site.log().size();
    Eventually.holds("the lease is over", new Elapsed(Duration.ofSeconds(4))::getAsBoolean);
    assertTrue(site.log().size() - before <= 4 * 20 + 8, "fetching went on without claims");
    redis.restart();
    assertWhole(crawl, 250);
  }

  @Test
  void kafkaIsKilledAndComesBack() {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(100);
    kafka.kill();
    Eventually.holds(
        "the session timeout is over", new Elapsed(Duration.ofSeconds(7))::getAsBoolean);
    kafka.restart();
    assertWhole(crawl, 250);
  }

  @Test
  void aWorkerLeavesInOrderAndAnotherGoesOnWithoutRepeatingARequest() throws InterruptedException {
    Worker first = deployment.startWorker();
    CrawlRef crawl = submitAndAwait(50);
    deployment.stop(first);
    deployment.startWorker();
    assertWhole(crawl, 0);
  }

  @Test
  void twoWorkersShareASeedAndOneJoinsAndLeavesMeanwhile() throws InterruptedException {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(30);
    Worker second = deployment.startWorker();
    deployment.await(crawl, now -> now.crawled() >= 150);
    deployment.stop(second);
    assertWhole(crawl, 0);
  }

  @Test
  void aRedisThatWentBackInTimeIsGivenAgainWhatItForgot() throws IOException {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(60);
    Path backup = folder.resolve("backup");
    redis.close();
    copy(redis.directory(), backup);
    redis.restart();
    deployment.await(crawl, now -> now.crawled() >= 200);
    try (SiteServer later = SiteServer.start()) {
      later.serve(Site.tree(PAGES, Duration.ofMillis(10)));
      CrawlRef afterBackup = deployment.submit(later.url("/"), Deployment.FAST);
      deployment.await(afterBackup, now -> now.crawled() >= 20);
      redis.close();
      delete(redis.directory());
      copy(backup, redis.directory());
      redis.restart();
      assertWhole(crawl, 2 * PAGES);
      assertEquals(PAGES, deployment.awaitDone(afterBackup).crawled());
    }
  }

  @Test
  void aRedisThatLostAllIsGivenAllCommandsAgain() throws IOException {
    deployment.startWorker();
    CrawlRef crawl = submitAndAwait(60);
    redis.kill();
    delete(redis.directory());
    Files.createDirectories(redis.directory());
    redis.restart();
    assertWhole(crawl, PAGES);
  }

  @Test
  void commandsGivenWhileRedisIsAwayAreCrawledLater() {
    deployment.startWorker();
    redis.kill();
    CrawlRef crawl = submitBlind();
    redis.restart();
    assertWhole(crawl, 0);
  }

  private CrawlRef submitBlind() {
    return deployment.submitWithoutStore(site.url("/"), Deployment.FAST);
  }

  @Test
  void aMalformedRecordGoesToTheDeadLettersAndStopsNothing() throws Exception {
    deployment.startWorker();
    int partition = Slots.of("127.0.0.1");
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.COMMANDS, partition, "x", "{\"no\": \"command\"}"))
          .get();
    }
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    assertWhole(crawl, 0);
    ConsumerRecord<String, String> letter = deadLetter(properties);
    assertEquals("{\"no\": \"command\"}", letter.value());
    String reason =
        new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8);
    assertTrue(reason.contains("version"), reason);
  }

  private static ConsumerRecord<String, String> deadLetter(Properties properties) {
    properties.setProperty("group.id", "dead-letters-test");
    properties.setProperty("auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(Topics.DEAD_LETTERS));
      for (int i = 0; i < 100; i++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(300))) {
          return record;
        }
      }
    }
    throw new AssertionError("no dead letter");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** True once so much time has passed. */
  private static final class Elapsed implements java.util.function.BooleanSupplier {
    private final long untilNs;

    Elapsed(Duration duration) {
      untilNs = System.nanoTime() + duration.toNanos();
    }

    @Override
    public boolean getAsBoolean() {
      return System.nanoTime() - untilNs >= 0;
    }
  }
}
