package io.fcrawler.cli.pages;

import io.fcrawler.cli.text.Output;
import io.fcrawler.client.RefusedException;
import io.fcrawler.client.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic of page records, read without a group: nothing of it is left in Kafka. */
public final class PageTopic implements AutoCloseable {
  static final String NAME = "fcrawler.pages";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final String servers;
  private long left;

  PageTopic(Consumer<byte[], byte[]> consumer, String servers) {
    this.consumer = consumer;
    this.servers = servers;
  }

  /**
   * Connects when it is first read.
   *
   * @param servers as {@code host:port,...}
   * @param env says how Kafka is told who asks
   */
  public static PageTopic open(String servers, Map<String, String> env) {
    Map<String, Object> config = new KafkaSecurity(env).properties();
    config.putAll(config(servers));
    // There is no log to write to, and a warning of that would be all that it wrote.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    try {
      return new PageTopic(
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          servers);
    } catch (KafkaException e) {
      // Names that are unknown, or no names at all, are told when it is made.
      throw new UnreachableException(
          "Kafka can't be at %s (%s): say where it is with --kafka or KAFKA_BOOTSTRAP_SERVERS, like 127.0.0.1:9092"
              .formatted(
                  servers, e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          e);
    }
  }

  private static Map<String, Object> config(String servers) {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        CommonClientConfigs.CLIENT_ID_CONFIG,
        "fcrawler-cli",
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) ANSWER_LIMIT.toMillis(),
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) ANSWER_LIMIT.toMillis(),
        CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG,
        false);
  }

  /**
   * Prints records as they come, until there were {@code max} or nobody reads them any more.
   *
   * @param seed empty: of all seeds
   */
  public void follow(boolean fromBeginning, Optional<String> seed, long max, Output output) {
    try {
      begin(fromBeginning);
    } catch (TimeoutException | AuthenticationException e) {
      throw away(servers, e);
    }
    Optional<String> wanted = seed.map(text -> text.toLowerCase(Locale.ROOT));
    left = max;
    while (left > 0 && output.isRead()) {
      for (ConsumerRecord<byte[], byte[]> pageRecord : consumer.poll(POLL)) {
        print(pageRecord.value(), wanted, output);
      }
    }
  }

  private void begin(boolean fromBeginning) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(NAME, ANSWER_LIMIT).stream().map(PageTopic::partition).toList();
    if (partitions.isEmpty()) {
      throw new RefusedException(
          "Kafka at %s has no topic %s: start fcrawler, which makes it, or say which Kafka with --kafka"
              .formatted(servers, NAME));
    }
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    // Seeking is lazy: what comes while it is put off would be missed.
    partitions.forEach(consumer::position);
  }

  private static TopicPartition partition(PartitionInfo partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  private void print(byte[] json, Optional<String> wanted, Output output) {
    if (left > 0 && (wanted.isEmpty() || wanted.equals(PageSeed.of(json)))) {
      left--;
      output.json(new String(json, StandardCharsets.UTF_8));
    }
  }

  private static UnreachableException away(String servers, Throwable e) {
    return new UnreachableException(
        "Kafka at %s is not reachable (%s): start it with scripts/standalone.sh or docker-compose, or say where it is with --kafka or KAFKA_BOOTSTRAP_SERVERS"
            .formatted(servers, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
