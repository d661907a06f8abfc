package io.fcrawler.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.cli.TestingOutput;
import io.fcrawler.client.RefusedException;
import io.fcrawler.client.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class PageTopicTest {
  private static final TopicPartition PARTITION = new TopicPartition(PageTopic.NAME, 0);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final TestingOutput output = new TestingOutput();

  private static final class AbsentKafka extends MockConsumer<byte[], byte[]> {
    AbsentKafka() {
      super("earliest");
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
      throw new TimeoutException("too late");
    }
  }

  private PageTopic topic() {
    consumer.updatePartitions(
        PageTopic.NAME,
        List.of(new PartitionInfo(PageTopic.NAME, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 2L));
    return new PageTopic(consumer, "kafka:9092");
  }

  private void add(long offset, String json) {
    consumer.addRecord(
        new ConsumerRecord<>(
            PageTopic.NAME, 0, offset, new byte[0], json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String page(String seed, int number) {
    return "{\"v\":1,\"result\":\"crawled\",\"seed\":\"%s\",\"url\":\"ü%d\"}"
        .formatted(seed, number);
  }

  @Test
  void prints_what_comes_after_the_end() {
    consumer.schedulePollTask(() -> {
      add(2, page("a.example", 2));
      add(3, page("b.example", 3));
    });
    topic().follow(false, Optional.empty(), 2, output.output());
    assertEquals(List.of(page("a.example", 2), page("b.example", 3)), output.lines());
  }

  @Test
  void prints_from_the_beginning_no_more_than_was_asked_for() {
    consumer.schedulePollTask(() -> {
      for (int i = 0; i < 4; i++) {
        add(i, page("a.example", i));
      }
    });
    topic().follow(true, Optional.empty(), 3, output.output());
    assertEquals(3, output.lines().size());
    assertEquals(page("a.example", 0), output.lines().getFirst());
  }

  @Test
  void prints_the_pages_of_one_seed_alone() {
    consumer.schedulePollTask(() -> {
      add(0, page("a.example", 0));
      add(1, "no JSON");
      add(2, page("b.example", 2));
      add(3, page("a.example", 3));
    });
    topic().follow(true, Optional.of("A.example"), 2, output.output());
    assertEquals(List.of(page("a.example", 0), page("a.example", 3)), output.lines());
  }

  @Test
  void a_kafka_that_does_not_answer_is_not_reachable() {
    PageTopic topic = new PageTopic(new AbsentKafka(), "kafka:9092");
    UnreachableException e =
        assertThrows(
            UnreachableException.class,
            () -> topic.follow(true, Optional.empty(), 1, output.output()));
    assertTrue(e.line().startsWith("Kafka at kafka:9092 is not reachable (too late): "), e.line());
  }

  @Test
  void a_kafka_without_the_topic_is_told() {
    PageTopic topic = new PageTopic(consumer, "kafka:9092");
    RefusedException e =
        assertThrows(
            RefusedException.class, () -> topic.follow(true, Optional.empty(), 1, output.output()));
    assertTrue(e.line().startsWith("Kafka at kafka:9092 has no topic fcrawler.pages"), e.line());
  }
}
