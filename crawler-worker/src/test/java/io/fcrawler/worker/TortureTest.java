package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.kafka.Topics;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.torture.Expected;
import io.fcrawler.worker.torture.Outcome;
import io.fcrawler.worker.torture.TortureSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Crawls of everything that a site may do to a crawler, by a worker with a small heap. */
@Timeout(600)
@Tag("long")
@ResourceLock(Deployment.SHARED_GROUP)
final class TortureTest {
  private static final long DEADLINE_S = 240;

  private static final Map<String, String> SHORT =
      Map.of(
          "FCRAWLER_SESSION_TIMEOUT", "10s",
          "FCRAWLER_CONNECT_TIMEOUT", "5s",
          "FCRAWLER_READ_TIMEOUT", "4s",
          "FCRAWLER_CALL_TIMEOUT", "8s",
          "FCRAWLER_TLS_VERIFY", "false", // for the sites over HTTP/2
          "FCRAWLER_BODY_LIMIT", Integer.toString(4 << 20),
          "FCRAWLER_RETRIES", Integer.toString(Expected.ATTEMPTS - 1));

  private static final CrawlOptions ONE_BY_ONE =
      new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), false);

  @TempDir private Path folder;

  @Test
  void everyUrlOfTheTortureSiteEndsAsStated() throws Exception {
    try (TortureSite site = TortureSite.overHttp1()) {
      crawl(site, Deployment.FAST);
    }
  }

  @Test
  void everyUrlOfTheTortureSiteEndsOverHttp2AsItDoesOverHttp1() throws Exception {
    try (TortureSite site = TortureSite.overHttp2()) {
      crawl(site, Deployment.FAST);
    }
  }

  @Test
  void everyUrlWhoseHttp2StreamOrConnectionBreaksEndsAsStated() throws Exception {
    try (TortureSite site = TortureSite.ofHttp2()) {
      crawl(site, ONE_BY_ONE);
    }
  }

  private void crawl(TortureSite site, CrawlOptions options) throws Exception {
    try (Deployment deployment =
            new Deployment(TestingKafka.bootstrapServers(), TestingRedis.url(), SHORT);
        WorkerProcess worker = WorkerProcess.start("-Xmx256m", deployment.environment(), folder)) {
      CrawlRef crawl = deployment.submit(site.url(), options);
      Progress done = deployment.awaitDone(crawl, DEADLINE_S);
      Map<String, Outcome> outcomes = records(crawl, done.total());
      addListed(deployment, crawl, outcomes);
      assertEquals(List.of(), site.differences(outcomes));
      assertEquals(site.size(), done.total() + done.excluded());
      assertTrue(worker.isAlive(), worker::toString);
      assertFalse(worker.log().contains("OutOfMemoryError"));
    }
  }

  private static void addListed(
      Deployment deployment, CrawlRef crawl, Map<String, Outcome> outcomes) {
    ListQuery all = ListQuery.first(10_000);
    for (Failure failed : deployment.store.failures(crawl.seed(), all).orElseThrow().items()) {
      outcomes.put(
          failed.url(), new Outcome("failed", failed.reason(), failed.attempts(), 0, false));
    }
    for (Exclusion out : deployment.store.exclusions(crawl.seed(), all).orElseThrow().items()) {
      outcomes.put(out.url(), new Outcome("excluded", out.reason(), 0, 0, false));
    }
  }

  /** What the page records say. */
  private static Map<String, Outcome> records(CrawlRef crawl, long number) throws IOException {
    Properties properties =
        KafkaSettings.fromEnv(Map.of("KAFKA_BOOTSTRAP_SERVERS", TestingKafka.bootstrapServers()))
            .clientProperties();
    properties.setProperty("group.id", "torture-test");
    properties.setProperty("auto.offset.reset", "earliest");
    Map<String, Outcome> outcomes = new HashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(Topics.PAGES));
      for (int i = 0; i < 100 && outcomes.size() < number; i++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(300))) {
          if (record.key().startsWith(crawl.crawlId().value())) {
            JsonNode json = new ObjectMapper().readTree(record.value());
            outcomes.put(json.get("url").asText(), outcome(json));
          }
        }
      }
    }
    return outcomes;
  }

  private static Outcome outcome(JsonNode json) {
    return new Outcome(
        json.get("result").asText(),
        json.path("reason").asText(),
        json.path("attempts").asInt(),
        json.path("outlinkCount").asInt(),
        json.path("truncated").asBoolean());
  }
}
