package io.fcrawler.kafka;

import io.fcrawler.config.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The clients of a Kafka whose topics are as they must be. Neither is made before that is known: a
 * producer's first look at an absent topic may make the broker create it, with another number of
 * partitions.
 */
record KafkaConnection(Admin admin, Producer<String, String> producer) {
  /** Connects as soon as Kafka answers. */
  static KafkaConnection openWhenUp(KafkaSettings settings, Duration wait)
      throws InterruptedException {
    Topics.ensureWhenUp(settings);
    return new KafkaConnection(
        Topics.admin(settings), new KafkaProducer<>(producerProperties(settings, wait)));
  }

  private static Properties producerProperties(KafkaSettings settings, Duration wait) {
    Properties properties = settings.clientProperties();
    String waitMs = Long.toString(wait.toMillis());
    long requestMs = Math.min(wait.toMillis(), settings.requestTimeout().toMillis());
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, waitMs);
    properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, waitMs);
    properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(requestMs));
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.MAX_COMMAND_BYTES));
    properties.setProperty(
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    properties.setProperty(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    return properties;
  }

  /** Waits for what is under way, so long. */
  void close(Duration wait) {
    producer.close(wait);
    admin.close(wait);
  }
}
