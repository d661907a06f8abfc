package io.fcrawler.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class KafkaCommandLogTest {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Duration SHORT_WAIT = Duration.ofMillis(500);
  private static final CrawlId CRAWL = new CrawlId("019566b1-7b91-7aaa-8bbb-0123456789ab");

  @TempDir Path folder;

  @Test
  void commandsAreInTheSlotOfTheirSeedsHostInOrder() throws Exception {
    Seed seed = new Seed("kafka-command-log.example:8088");
    List<Command> commands = List.of(open(seed, List.of()), new Pause(seed, CRAWL));
    try (KafkaCommandLog log = log(TestingKafka.bootstrapServers(), WAIT)) {
      assertTrue(log.reachable());
      commands.forEach(log::append);
    }

    List<Command> read = new ArrayList<>();
    for (var entry : read(TestingKafka.bootstrapServers(), Slots.of(seed.host()), 2)) {
      read.add(CommandCodec.read(entry.key(), entry.value()));
    }
    assertEquals(commands, read);
  }

  @Test
  void theLargestCommandThatTheApiTakesFits() {
    List<String> patterns = Collections.nCopies(100, "[" + "例".repeat(990) + "]");
    try (KafkaCommandLog log = log(TestingKafka.bootstrapServers(), WAIT)) {
      log.append(open(new Seed("large.example"), patterns));
    }
  }

  @Test
  void aLogRepairsItselfWhenKafkaComesAndGoes() {
    int port = Loopback.freePort();
    Command command = new Pause(new Seed("a.example"), CRAWL);
    try (KafkaCommandLog log = log("127.0.0.1:" + port, SHORT_WAIT)) {
      assertFalse(log.reachable());
      assertThrows(CommandLogUnavailableException.class, () -> log.append(command));

      try (KafkaProcess kafka = KafkaProcess.start(folder, port)) {
        Eventually.holds("append once Kafka is up", () -> appended(log, command));
        kafka.kill();
        assertThrows(CommandLogUnavailableException.class, () -> log.append(command));
        assertFalse(log.reachable());

        kafka.restart();
        Eventually.holds("append once Kafka is up again", () -> appended(log, command));
        assertTrue(log.reachable());
      }
    }
  }

  @Test
  void nothingIsWrittenIntoATopicOfAnotherShape() throws Exception {
    try (KafkaProcess kafka = TestingKafka.startPrivate(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(Topics.COMMANDS, 3, (short) 1))).all().get();
      try (KafkaCommandLog log = log(kafka.bootstrapServers(), WAIT)) {
        Command command = new Pause(new Seed("a.example"), CRAWL);
        var e = assertThrows(CommandLogUnavailableException.class, () -> log.append(command));

        assertTrue(String.valueOf(e.getMessage()).contains("3 partitions"), e.toString());
        assertFalse(log.reachable());
      }
    }
  }

  @Test
  void aTopicThatIsDeletedIsMadeAgainAsItWas() throws Exception {
    Command command = new Pause(new Seed("a.example"), CRAWL);
    try (KafkaProcess kafka = TestingKafka.startPrivate(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        KafkaCommandLog log = log(kafka.bootstrapServers(), Duration.ofSeconds(2))) {
      Eventually.holds("an append", () -> appended(log, command));
      admin.deleteTopics(List.of(Topics.COMMANDS)).all().get();

      Eventually.holds("an append", () -> appended(log, command));
      var made = admin.describeTopics(List.of(Topics.COMMANDS)).allTopicNames().get();
      TopicDescription commands = Objects.requireNonNull(made.get(Topics.COMMANDS));
      assertEquals(Slots.COUNT, commands.partitions().size());
    }
  }

  @Test
  void aNameThatIsUnknownIsLikeAKafkaThatIsAway() {
    try (KafkaCommandLog log = log("no-such-host.invalid:9092", SHORT_WAIT)) {
      Command command = new Pause(new Seed("a.example"), CRAWL);

      assertThrows(CommandLogUnavailableException.class, () -> log.append(command));
      assertFalse(log.reachable());
    }
  }

  @Test
  void anInterruptedCallerStaysInterrupted() {
    try (KafkaCommandLog log = log("127.0.0.1:" + Loopback.freePort(), WAIT)) {
      Thread.currentThread().interrupt();

      assertFalse(log.reachable());
      assertTrue(Thread.currentThread().isInterrupted());
      Command command = new Pause(new Seed("a.example"), CRAWL);
      assertThrows(CommandLogUnavailableException.class, () -> log.append(command));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aClosedLogTakesNothing() {
    KafkaCommandLog log = log(TestingKafka.bootstrapServers(), WAIT);
    log.close();

    Command command = new Pause(new Seed("a.example"), CRAWL);
    assertThrows(CommandLogUnavailableException.class, () -> log.append(command));
    assertFalse(log.reachable());
    log.close();
  }

  private static KafkaCommandLog log(String servers, Duration wait) {
    return new KafkaCommandLog(
        KafkaSettings.fromEnv(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers)), wait);
  }

  private static boolean appended(KafkaCommandLog log, Command command) {
    try {
      log.append(command);
      return true;
    } catch (CommandLogUnavailableException e) {
      return false;
    }
  }

  private static Open open(Seed seed, List<String> include) {
    return new Open(
        seed,
        CRAWL,
        Optional.empty(),
        "https://" + seed + "/",
        true,
        new CrawlOptions(-1, -1, false, 1000, 1, include, List.of(), false),
        Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String servers, int slot, int count) {
    Map<String, Object> config = Map.of("bootstrap.servers", servers);
    var bytes = new ByteArrayDeserializer();
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      TopicPartition partition = new TopicPartition(Topics.COMMANDS, slot);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Eventually.holds(
          count + " records",
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            return read.size() >= count;
          });
    }
    return read;
  }
}
