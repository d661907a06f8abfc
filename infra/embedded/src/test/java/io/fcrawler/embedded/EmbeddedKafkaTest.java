package io.fcrawler.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class EmbeddedKafkaTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void aBrokerKeepsItsTopicsAndClusterIdOverARestart() throws Exception {
    String clusterId;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      createTopic(kafka.bootstrapServers());
      send(kafka.bootstrapServers(), "kept");
      clusterId = clusterId(kafka.bootstrapServers());
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      assertEquals(clusterId, clusterId(kafka.bootstrapServers()));
      assertEquals("kept", firstOf(kafka.bootstrapServers(), "1000"));
    }
  }

  @Test
  void aKilledBrokerComesBackWithWhatItAcknowledged() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(dir, 0)) {
      createTopic(kafka.bootstrapServers());
      send(kafka.bootstrapServers(), "kept");
      kafka.kill();
      assertFalse(KafkaProbe.answers(kafka.port()));

      kafka.restart();

      assertTrue(KafkaProbe.answers(kafka.port()));
      assertEquals("kept", firstOf(kafka.bootstrapServers(), "10000"));
    }
  }

  @Test
  void aTakenPortIsToldAbout() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("a"))) {
      var failure =
          assertThrows(
              EmbeddedServerException.class,
              () -> EmbeddedKafka.start(dir.resolve("b"), kafka.port()));
      assertTrue(
          String.valueOf(failure.getMessage()).contains(Integer.toString(kafka.port())),
          failure.getMessage());
    }
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get(120, TimeUnit.SECONDS);
    }
  }

  private static String clusterId(String servers) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void send(String servers, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("t", "k", value)).get(120, TimeUnit.SECONDS);
    }
  }

  /** Reads as a member of a group, with the session timeout given. */
  private static String firstOf(String servers, String sessionTimeoutMs) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", servers,
            "group.id", "g",
            "auto.offset.reset", "earliest",
            "session.timeout.ms", sessionTimeoutMs,
            "heartbeat.interval.ms", "300");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("t"));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (System.nanoTime() < deadline) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          return record.value();
        }
      }
      throw new AssertionError("no record within " + LIMIT);
    }
  }
}
