package io.fcrawler.worker.command;

import io.fcrawler.kafka.Topics;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NextOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * From where each assigned partition is read: the store says it. Used by the consumer's thread
 * alone.
 */
final class Partitions {
  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final CrawlStore store;
  private final LostState lostState;

  /** Partition to the offset that the store is taken to hold. */
  private final Map<Integer, Long> expected = new HashMap<>();

  /** Assigned, but not to be read before the store said from where. */
  private final Set<Integer> unknown = new HashSet<>();

  private String topicId = "";

  /**
   * @param lostState examines a store without offsets before anything is read for it
   */
  Partitions(
      Consumer<byte[], byte[]> consumer, Admin admin, CrawlStore store, LostState lostState) {
    this.consumer = consumer;
    this.admin = admin;
    this.store = store;
    this.lostState = lostState;
  }

  String topicId() {
    return topicId;
  }

  void assigned(Set<Integer> partitions) {
    partitions.forEach(this::hold);
  }

  void removed(Set<Integer> partitions) {
    unknown.removeAll(partitions);
    expected.keySet().removeAll(partitions);
  }

  /** Reads no more of a partition until the store said from where. */
  void hold(int partition) {
    unknown.add(partition);
    expected.remove(partition);
    consumer.pause(List.of(topicPartition(partition)));
  }

  /** The same for those of a consumer's assignment. */
  void hold(Set<TopicPartition> partitions) {
    partitions.forEach(partition -> hold(partition.partition()));
  }

  boolean anyHeld() {
    return !unknown.isEmpty();
  }

  boolean held(int partition) {
    return unknown.contains(partition);
  }

  long expected(int partition) {
    return expected.getOrDefault(partition, 0L);
  }

  void noted(int partition, long next) {
    expected.put(partition, next);
  }

  /** Asks the store from where to read the partitions that are held, and goes on with them. */
  void position() throws InterruptedException {
    if (unknown.isEmpty()) {
      return;
    }
    topicId = describe();
    Map<Integer, NextOffset> stored = store.offsets();
    if (stored.isEmpty()) {
      lostState.examine();
    }
    List<TopicPartition> held = unknown.stream().map(Partitions::topicPartition).toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(held);
    Map<TopicPartition, Long> ends = consumer.endOffsets(held);
    for (TopicPartition partition : held) {
      long known = known(stored, partition.partition());
      boolean beyond = known > ends.getOrDefault(partition, Long.MAX_VALUE);
      long begin = begins.getOrDefault(partition, 0L);
      consumer.seek(partition, beyond ? begin : Math.max(known, begin));
      expected.put(partition.partition(), known);
    }
    unknown.clear();
    consumer.resume(held);
  }

  /** Holds those partitions whose stored offset is not the expected one: the store went back. */
  Set<Integer> compare() throws InterruptedException {
    String described = describe();
    Map<Integer, NextOffset> stored = store.offsets();
    Set<Integer> others = new HashSet<>();
    boolean sameTopic = described.equals(topicId);
    expected.forEach((partition, offset) -> {
      if (!sameTopic || known(stored, partition) != offset) {
        others.add(partition);
      }
    });
    others.forEach(this::hold);
    return others;
  }

  /** The stored offset, 0 where none is stored for this topic. */
  private long known(Map<Integer, NextOffset> stored, int partition) {
    NextOffset next = stored.get(partition);
    return next != null && next.topicId().equals(topicId) ? next.offset() : 0;
  }

  private String describe() throws InterruptedException {
    try {
      Map<String, TopicDescription> described =
          admin.describeTopics(List.of(Topics.COMMANDS)).allTopicNames().get();
      return Objects.requireNonNull(described.get(Topics.COMMANDS)).topicId().toString();
    } catch (ExecutionException e) {
      throw new KafkaException(
          Topics.isAbsent(e)
              ? "there is no topic " + Topics.COMMANDS
              : "the topic " + Topics.COMMANDS + " could not be described: " + e.getMessage(),
          e);
    }
  }

  static TopicPartition topicPartition(int partition) {
    return new TopicPartition(Topics.COMMANDS, partition);
  }
}
