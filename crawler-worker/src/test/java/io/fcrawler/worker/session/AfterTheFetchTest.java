package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.embedded.EmbeddedKafka;
import io.fcrawler.kafka.Topics;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingLog;
import io.fcrawler.worker.WritePermission;
import io.fcrawler.worker.kafka.KafkaPageOutput;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.page.PageOutput.Delivery;
import io.fcrawler.worker.session.FaultyStore.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What may fail once a page was fetched. However long that lasts, no URL is requested more than
 * once, and once more for each session that was lost; and every crawl ends exact.
 */
@Timeout(600)
@Tag("integration")
@Isolated("it reads all that a class logs")
final class AfterTheFetchTest {
  private static final PageOutput GOOD = _ -> CompletableFuture.completedFuture(Delivery.DELIVERED);

  @TempDir private Path folder;
  private final FetchedSite site = new FetchedSite(3, 3);
  private Optional<EmbeddedKafka> kafka = Optional.empty();

  @AfterEach
  void stop() {
    site.close();
    kafka.ifPresent(EmbeddedKafka::close);
  }

  // The record.

  @Test
  void aRecordThatTheTopicRefusesAsTooLargeIsCutAndOneThatStaysTooLargeFailsItsUrl()
      throws Exception {
    site.links("/", "/large", "/huge", "/small");
    site.page("/large", FetchedSite.incompressible(100_000), "", "/after-large");
    site.page("/huge", "", FetchedSite.incompressible(2000), "/after-huge");
    try (KafkaPageOutput output = output(startKafka(1200))) {
      site.crawl(output);
    }

    assertRequestedAtMost(1);
    Progress done = site.progress();
    assertEquals(List.of(6L, 5L, 1L), List.of(done.total(), done.crawled(), done.failed()));
    Failure failure =
        site.memory.failures(FetchedSite.SEED, ListQuery.first(9)).orElseThrow().items().getFirst();
    assertEquals(FetchedSite.TOP + "huge", failure.url());
    assertEquals("record_too_large", failure.reason());
    assertEquals(200, failure.httpStatus());
    Map<String, String> records = records();
    assertTrue(records.getOrDefault("large", "").contains("\"cut\":[\"text\"]"));
    assertTrue(records.getOrDefault("huge", "").contains("\"reason\":\"record_too_large\""));
    assertTrue(records.getOrDefault("after-huge", "").contains("\"result\":\"crawled\""));
  }

  @Test
  void aTopicThatIsGoneIsNamedAndMadeAgainAndNothingIsFetchedAgain() throws Exception {
    site.tree(40);
    site.hold("/7");
    try (TestingLog log = new TestingLog(KafkaPageOutput.class);
        KafkaPageOutput output = output(startKafka(Topics.MAX_PAGE_BYTES))) {
      site.begin(output, output::fault);
      site.awaitHeld();
      try (Admin admin = admin()) {
        admin.deleteTopics(List.of(Topics.PAGES)).all().get();
      }
      site.letGo();
      site.awaitDone(output::watch);

      assertEquals(
          List.of(
              "WARN Page records can't be put out, and nothing is claimed until they can: there is no"
                  + " topic fcrawler.pages",
              "INFO Page records are put out again"),
          log.lines());
    }
    assertRequestedAtMost(1);
    assertEquals(40, site.progress().crawled());
    assertEquals(0, site.lost());
  }

  @Test
  void withoutThePermissionToWriteNothingIsClaimedUntilThereIsAndNothingIsFetchedAgain()
      throws Exception {
    site.tree(40);
    try (TestingLog log = new TestingLog(KafkaPageOutput.class);
        KafkaPageOutput output = output(startKafka(Topics.MAX_PAGE_BYTES));
        Admin admin = admin()) {
      WritePermission.deny(admin);
      site.begin(output, output::fault);
      Eventually.holds("a fault", () -> output.fault().isPresent());
      assertEquals(
          "Kafka does not let this program's user write to fcrawler.pages",
          output.fault().orElseThrow());
      assertEquals(CrawlStatus.CRAWLING, site.progress().status());
      assertEquals(0, site.progress().crawled());
      WritePermission.allow(admin);
      site.awaitDone();

      assertEquals(2, log.lines().size(), log.lines().toString());
    }
    assertRequestedAtMost(1);
    assertEquals(40, site.progress().crawled());
    assertEquals(0, site.lost());
  }

  @Test
  void aRecordThatCannotBeWrittenFailsItsUrl() throws Exception {
    site.tree(10);
    PageOutput output =
        record -> {
          if (record.entry().url().endsWith("/3")) {
            throw new UncheckedIOException("half a character", new IOException("told so"));
          }
          return GOOD.put(record);
        };
    site.crawl(output);

    assertRequestedAtMost(1);
    assertEquals(1, site.progress().failed());
  }

  // The page.

  @Test
  void aPageAtWhichTheReaderFailsIsGivenUp() throws Exception {
    site.tree(10);
    site.poison("/3");
    site.crawl(GOOD);

    assertRequestedAtMost(1);
    assertEquals(1, site.progress().failed());
  }

  @Test
  void aPageForWhichMemoryWasShortIsRequestedOnceMoreWithAllThatItNeeds() throws Exception {
    site.tree(40);
    site.lackMemory();
    site.crawl(GOOD);

    assertRequestedAtMost(2);
    assertEquals(40, site.progress().crawled());
  }

  // The store. That OOM, READONLY and their like mean "not executed" is RedisErrors's.

  @Test
  void whileRedisTakesNoWritesAsForOomOrReadonlyForLessThanTheLeaseNothingIsFetchedAgain()
      throws Exception {
    site.tree(40);
    site.hold("/7");
    site.begin(GOOD, Optional::empty);
    site.awaitHeld();
    site.faulty.away.set(true);
    site.letGo();
    int before = site.faulty.calls.size();
    Eventually.holds("calls are refused", () -> site.faulty.calls.size() > before + 3);
    site.faulty.away.set(false);
    site.awaitDone();

    assertRequestedAtMost(1);
    assertEquals(0, site.lost());
  }

  @Test
  void whileRedisTakesNoWritesForLongerThanTheLeaseWhatWasInFlightIsFetchedOnceMore()
      throws Exception {
    site.tree(40);
    site.hold("/7");
    site.begin(GOOD, Optional::empty);
    site.awaitHeld();
    site.faulty.away.set(true);
    site.letLeasesEnd();
    site.letGo();
    int refused = site.faulty.calls.size();
    Eventually.holds("the next session is refused", () -> site.faulty.calls.size() > refused + 3);
    site.faulty.away.set(false);
    site.awaitDone();

    assertTrue(site.lost() >= 1);
    assertRequestedAtMost(1 + site.lost());
    assertEquals(40, site.progress().crawled());
  }

  @Test
  void eachSessionThatIsLostCostsARequestOfWhatWasInFlightAtTheMost() throws Exception {
    site.tree(40);
    for (int i = 0; i < 4; i++) {
      site.faulty.faults.addAll(
          List.of(Fault.NONE, Fault.NONE, Fault.NONE, Fault.NONE, Fault.ANSWER_LOST));
    }
    site.crawl(GOOD);

    assertTrue(site.lost() >= 1);
    assertRequestedAtMost(1 + site.lost());
    assertEquals(40, site.progress().crawled());
  }

  private void assertRequestedAtMost(int times) {
    site.requests.forEach(
        (url, count) -> assertTrue(count.get() <= times, url + " was requested " + count));
    assertEquals(CrawlStatus.DONE, site.progress().status());
    assertEquals(List.of(), site.memory.receipt(FetchedSite.SEED).orElseThrow().differences());
  }

  // Kafka.

  private KafkaSettings startKafka(int mostBytes) throws Exception {
    kafka = Optional.of(EmbeddedKafka.start(folder, 0, WritePermission.ASKED_FOR));
    try (Admin admin = admin()) {
      NewTopic pages =
          new NewTopic(Topics.PAGES, 4, (short) 1)
              .configs(Map.of("max.message.bytes", Integer.toString(mostBytes)));
      admin.createTopics(List.of(pages)).all().get();
    }
    return KafkaSettings.fromEnv(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers()));
  }

  private static KafkaPageOutput output(KafkaSettings settings) {
    return new KafkaPageOutput(settings, 16 << 20, System::nanoTime);
  }

  private String servers() {
    return kafka.orElseThrow().bootstrapServers();
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers()));
  }

  /** All records, by the path of their URLs. */
  private Map<String, String> records() {
    Map<String, Object> config = Map.of("bootstrap.servers", servers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(Topics.PAGES).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .collect(Collectors.toList());
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long ends = consumer.endOffsets(all).values().stream().mapToLong(Long::longValue).sum();
      Map<String, String> records = new HashMap<>();
      for (long read = 0; read < ends; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(300))) {
          read++;
          String key = new String(record.key(), StandardCharsets.UTF_8);
          records.put(
              key.substring(key.indexOf(FetchedSite.TOP) + FetchedSite.TOP.length()),
              new String(record.value(), StandardCharsets.UTF_8));
        }
      }
      return records;
    }
  }
}
