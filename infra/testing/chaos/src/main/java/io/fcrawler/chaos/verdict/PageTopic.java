package io.fcrawler.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All page records there are.
 *
 * @param urls by crawlId
 * @param count of the records
 */
record PageTopic(Map<String, Set<String>> urls, long count) {
  private static final String NAME = "fcrawler.pages";
  private static final ObjectMapper JSON = new ObjectMapper();

  static PageTopic read(String servers) {
    Map<String, Set<String>> urls = new HashMap<>();
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(NAME).stream()
              .map(each -> new TopicPartition(NAME, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> page : consumer.poll(Duration.ofMillis(500))) {
          JsonNode json = json(page.value());
          urls.computeIfAbsent(json.path("crawlId").asText(), _ -> new HashSet<>())
              .add(json.path("url").asText());
          count++;
        }
      }
    }
    return new PageTopic(urls, count);
  }

  private static JsonNode json(byte[] record) {
    try {
      return JSON.readTree(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
