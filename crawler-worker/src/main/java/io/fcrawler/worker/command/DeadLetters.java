package io.fcrawler.worker.command;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where records go that are no commands: {@code fcrawler.dead-letters}, as they were, with headers
 * {@code reason}, {@code partition} and {@code offset}.
 */
final class DeadLetters implements AutoCloseable {
  /** After so long without a topic a letter counts as refused. */
  private static final String MAX_BLOCK_MS = "5000";

  private final KafkaProducer<byte[], byte[]> producer;

  DeadLetters(KafkaSettings kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Puts a record there and waits until it is safe.
   *
   * @throws DeadLetterException where it was not acknowledged
   */
  void put(ConsumerRecord<byte[], byte[]> from, String reason) throws InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTERS, from.key(), from.value());
    header(letter, "reason", reason);
    header(letter, "partition", Integer.toString(from.partition()));
    header(letter, "offset", Long.toString(from.offset()));
    try {
      producer.send(letter).get();
    } catch (ExecutionException e) {
      throw new DeadLetterException(
          Topics.isAbsent(e)
              ? "there is no topic " + Topics.DEAD_LETTERS
              : "a dead letter was not acknowledged: " + e.getMessage(),
          e);
    }
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close();
  }
}
