package io.fcrawler.worker.command;

import io.fcrawler.kafka.Topics;
import io.fcrawler.lane.Slots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks Kafka, by the consumer's thread. */
final class KafkaCommandAges implements CommandAges {
  private static final List<TopicPartition> ALL =
      IntStream.range(0, Slots.COUNT).mapToObj(Partitions::topicPartition).toList();

  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;

  KafkaCommandAges(Consumer<byte[], byte[]> consumer, Admin admin) {
    this.consumer = consumer;
    this.admin = admin;
  }

  @Override
  public Optional<Older> before(Instant time) {
    Map<TopicPartition, OffsetAndTimestamp> firsts = atOrAfter(Instant.EPOCH);
    Map<TopicPartition, OffsetAndTimestamp> younger = atOrAfter(time);
    Map<TopicPartition, Long> ends = consumer.endOffsets(ALL);
    long commands = 0;
    Instant oldest = time;
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> first : firsts.entrySet()) {
      OffsetAndTimestamp from = younger.get(first.getKey());
      long end = from != null ? from.offset() : ends.getOrDefault(first.getKey(), 0L);
      commands += Math.max(0, end - first.getValue().offset());
      Instant at = Instant.ofEpochMilli(first.getValue().timestamp());
      oldest = at.isBefore(oldest) ? at : oldest;
    }
    return commands == 0 ? Optional.empty() : Optional.of(new Older(commands, oldest));
  }

  /** The first record of each partition that is not older, where there is one. */
  private Map<TopicPartition, OffsetAndTimestamp> atOrAfter(Instant time) {
    Map<TopicPartition, Long> times =
        ALL.stream().collect(Collectors.toMap(Function.identity(), _ -> time.toEpochMilli()));
    return consumer.offsetsForTimes(times).entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> Objects.requireNonNull(entry.getValue())));
  }

  @Override
  public boolean anyRead() throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(CommandConsumer.GROUP)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(Topics.COMMANDS))
          .anyMatch(entry -> entry.getValue() != null && entry.getValue().offset() > 0);
    } catch (ExecutionException e) {
      return !(e.getCause() instanceof GroupIdNotFoundException);
    }
  }
}
