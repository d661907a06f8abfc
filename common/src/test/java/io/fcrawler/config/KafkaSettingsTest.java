package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  @Test
  void nothingSetMeansAKafkaOnThisMachine() {
    assertEquals(
        new KafkaSettings("localhost:9092", Duration.ofSeconds(5), 1, KafkaSecurity.NONE),
        KafkaSettings.fromEnv(Map.of()));
  }

  @Test
  void everyKeyIsRead() {
    Map<String, String> variables =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092, kafka_2:9093,[::1]:9094",
            "KAFKA_REQUEST_TIMEOUT", "2s",
            "FCRAWLER_KAFKA_REPLICATION", "3");

    assertEquals(
        new KafkaSettings(
            "kafka-1:9092,kafka_2:9093,[::1]:9094", Duration.ofSeconds(2), 3, KafkaSecurity.NONE),
        KafkaSettings.fromEnv(variables));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kafka", "kafka:0", "kafka:70000", "kafka:9092,", "PLAINTEXT://k:1", ":1"})
  void aBadListOfServersIsRefused(String servers) {
    BadConfigException e =
        assertThrows(
            BadConfigException.class,
            () -> KafkaSettings.fromEnv(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers)));

    assertTrue(e.problems().getFirst().contains("is not host:port, such as localhost:9092"));
  }

  @Test
  void aReplicationOfNoneIsRefused() {
    assertThrows(
        BadConfigException.class,
        () -> KafkaSettings.fromEnv(Map.of("FCRAWLER_KAFKA_REPLICATION", "0")));
  }

  @Test
  void eachClientGetsPropertiesOfItsOwn() {
    KafkaSettings settings = new KafkaSettings("k:1", Duration.ofSeconds(2), 1, KafkaSecurity.NONE);
    Properties first = settings.clientProperties();
    first.clear();

    Properties second = settings.clientProperties();

    assertEquals("k:1", second.getProperty("bootstrap.servers"));
    assertEquals("2000", second.getProperty("request.timeout.ms"));
  }
}
