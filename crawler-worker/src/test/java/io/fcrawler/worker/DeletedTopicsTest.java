package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.kafka.Topics;
import io.fcrawler.lane.Slots;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.ProgramLog;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Topics that are deleted under a worker and a user who submits: the worker makes them again, and
 * what the store knows goes on. Without a bound Kafka's consumer logs 10,000 lines in 2 s.
 */
@Timeout(600)
@Tag("integration")
@Isolated("it configures logging")
final class DeletedTopicsTest {
  private static final int PAGES = 300;

  /** In less than a minute; most of them are those of two or three loggers of Kafka's. */
  private static final int MOST_LINES = 150;

  @TempDir private Path folder;
  private OwnServers servers;
  private Deployment deployment;
  private Admin admin;
  private SiteServer site;
  private SiteServer another;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    servers = new OwnServers(folder, Map.of());
    deployment = servers.deployment;
    admin = Admin.create(Map.of("bootstrap.servers", servers.kafka.bootstrapServers()));
    site = SiteServer.start().serve(Site.tree(PAGES, Duration.ofMillis(10)));
    another = SiteServer.start().html("/", "fine");
  }

  @AfterEach
  void stop() throws IOException {
    admin.close();
    servers.close();
    site.close();
    another.close();
  }

  @Test
  void theTopicOfCommandsIsMadeAgainAndCrawlsAndSubmissionsGoOn() throws Exception {
    deployment.startWorker();
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    deployment.await(crawl, now -> now.crawled() >= 50);
    try (ProgramLog log = new ProgramLog()) {
      delete(Topics.COMMANDS);
      Eventually.holds("it is there again", () -> exists(Topics.COMMANDS));
      CrawlRef next = deployment.submit(another.url("/"), Deployment.FAST);

      assertEquals(PAGES, deployment.awaitDone(crawl).crawled());
      assertEquals(1, deployment.awaitDone(next).crawled());
      assertToldOnce(log, "there is no topic " + Topics.COMMANDS);
    }
  }

  @Test
  void theTopicOfDeadLettersIsMadeAgainAndTheCommandsBehindOneAreRead() throws Exception {
    deployment.startWorker();
    deployment.awaitDone(deployment.submit(another.url("/"), Deployment.FAST));
    try (ProgramLog log = new ProgramLog()) {
      delete(Topics.DEAD_LETTERS);
      putNoCommand();
      CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);

      assertEquals(PAGES, deployment.awaitDone(crawl).crawled());
      assertTrue(end(Topics.DEAD_LETTERS) >= 1);
      assertToldOnce(log, "there is no topic " + Topics.DEAD_LETTERS);
    }
  }

  @Test
  void workersThatJoinWhileOffsetsAreCommittedLogNoError() {
    try (ProgramLog log = new ProgramLog()) {
      deployment.startWorker();
      CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
      for (int i = 0; i < 40; i++) {
        if (i == 10 || i == 25) {
          deployment.startWorker();
        }
        deployment.log.append(new Command.Pause(crawl.seed(), crawl.crawlId()));
        deployment.log.append(new Command.Resume(crawl.seed(), crawl.crawlId()));
      }

      assertEquals(PAGES, deployment.awaitDone(crawl).crawled());
      assertEquals(List.of(), errors(log));
    }
  }

  private void delete(String topic) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  private boolean exists(String topic) throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().contains(topic);
  }

  private long end(String topic) throws ExecutionException, InterruptedException {
    TopicPartition first = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(first, OffsetSpec.latest()))
        .partitionResult(first)
        .get()
        .offset();
  }

  /** Into the partition of the sites. */
  private void putNoCommand() throws ExecutionException, InterruptedException {
    Map<String, Object> config = Map.of("bootstrap.servers", servers.kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      int partition = Slots.of("127.0.0.1");
      producer.send(new ProducerRecord<>(Topics.COMMANDS, partition, "x", "no command")).get();
    }
  }

  private static void assertToldOnce(ProgramLog log, String why) {
    Eventually.holds("it is over", () -> count(log, "commands are read again") > 0);
    List<String> lines = log.lines();
    String all = String.join("\n", lines);
    assertEquals(1, count(log, why), all);
    assertTrue(lines.size() <= MOST_LINES, all);
    assertEquals(List.of(), errors(log));
  }

  private static List<String> errors(ProgramLog log) {
    return log.lines().stream().filter(line -> line.startsWith("ERROR ")).toList();
  }

  private static long count(ProgramLog log, String text) {
    return log.lines().stream().filter(line -> line.contains(text)).count();
  }
}
