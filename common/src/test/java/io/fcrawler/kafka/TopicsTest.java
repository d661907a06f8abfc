package io.fcrawler.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.embedded.EmbeddedKafka;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class TopicsTest {
  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private Admin admin;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(folder);
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void absentTopicsAreMadeByHoweverManyProgramsStart() throws Exception {
    try (var programs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(programs.submit(() -> ensureWhenUp()));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    }

    assertEquals(64, partitions(Topics.COMMANDS));
    assertEquals(16, partitions(Topics.PAGES));
    assertEquals(1, partitions(Topics.DEAD_LETTERS));
    assertEquals("-1", config(Topics.COMMANDS, "retention.ms"));
    assertEquals("delete", config(Topics.COMMANDS, "cleanup.policy"));
    assertEquals("8388608", config(Topics.PAGES, "max.message.bytes"));
    assertEquals("producer", config(Topics.PAGES, "compression.type"));
  }

  @Test
  void aTopicThatSomeoneElseMadeKeepsAllCommandsFromThenOn() throws Exception {
    admin.createTopics(List.of(new NewTopic(Topics.COMMANDS, 64, (short) 1))).all().get();

    Topics.ensure(admin, 1);

    Eventually.holds("all is kept", () -> config(Topics.COMMANDS, "retention.ms").equals("-1"));
    assertEquals(16, partitions(Topics.PAGES));
  }

  @Test
  void commandsWithAnotherNumberOfPartitionsAreRefusedAndLeftAlone() throws Exception {
    admin.createTopics(List.of(new NewTopic(Topics.COMMANDS, 3, (short) 1))).all().get();

    TopicMismatchException e =
        assertThrows(TopicMismatchException.class, () -> Topics.ensureWhenUp(settings()));

    assertEquals(
        "The topic fcrawler.commands has 3 partitions, but must have 64: delete it if it is not in"
            + " use, and it is made anew",
        e.getMessage());
    assertEquals(3, partitions(Topics.COMMANDS));
  }

  @Test
  void aLimitOfPagesBelowTheLargestRecordIsWarnedOf() throws Exception {
    NewTopic pages =
        new NewTopic(Topics.PAGES, 2, (short) 1).configs(Map.of("max.message.bytes", "300001"));
    admin.createTopics(List.of(pages)).all().get();

    try (TestingLog log = new TestingLog(TopicSetup.class)) {
      Topics.ensure(admin, 1);

      assertTrue(
          log.lines()
              .contains(
                  "WARN The topic fcrawler.pages has max.message.bytes 300001, but a page's record"
                      + " may have 8388608: larger ones will be cut"),
          log.lines().toString());
    }
    assertEquals("300001", config(Topics.PAGES, "max.message.bytes"));
  }

  @Test
  void pagesMayHaveAnyNumberOfPartitions() throws Exception {
    admin.createTopics(List.of(new NewTopic(Topics.PAGES, 20, (short) 1))).all().get();

    Topics.ensure(admin, 1);

    assertEquals(20, partitions(Topics.PAGES));
    assertEquals(64, partitions(Topics.COMMANDS));
  }

  private Void ensureWhenUp() throws InterruptedException {
    Topics.ensureWhenUp(settings());
    return null;
  }

  private KafkaSettings settings() {
    return KafkaSettings.fromEnv(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
  }

  private int partitions(String topic) throws ExecutionException, InterruptedException {
    var topics = admin.describeTopics(List.of(topic)).allTopicNames().get();
    return topics.values().iterator().next().partitions().size();
  }

  private String config(String topic, String key) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var configs = admin.describeConfigs(Set.of(resource)).all().get();
    return configs.values().iterator().next().get(key).value();
  }
}
