package io.fcrawler.worker.command;

import io.fcrawler.command.Command;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.MalformedCommandException;
import io.fcrawler.command.Position;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.kafka.TopicMismatchException;
import io.fcrawler.kafka.Topics;
import io.fcrawler.lane.Slots;
import io.fcrawler.ops.Presence;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the commands of the partitions that Kafka assigns to this worker: each is noted in the
 * store, then applied. While the store is away the partitions are paused and polling goes on, so
 * that Kafka keeps this worker in the group.
 */
public final class CommandConsumer implements Runnable {
  /** The consumer group of all workers. */
  public static final String GROUP = "fcrawler-workers";

  private static final Logger LOG = LoggerFactory.getLogger(CommandConsumer.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
  private static final String API_TIMEOUT_MS = "10000";

  private final CrawlStore store;
  private final Presence redis;
  private final Notes notes;
  private final SlotOwner owner;

  /**
   * Heartbeats within a session timeout. Members learn by them that others join, leave or gave
   * slots away, so that lanes that move stand still for as long as one takes.
   */
  private static final int HEARTBEATS = 20;

  private final KafkaSettings kafka;
  private final KafkaHeartbeat heartbeat;
  private final LongSupplier nanos;
  private final long scanNs;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final DeadLetters deadLetters;
  private final Partitions partitions;
  private final Fault reading = new Fault();

  /** The fault of writing dead letters, which hold up the commands after them. */
  private final Fault writing = new Fault();

  private long nextCareNs;
  private boolean storeAway;
  private volatile boolean stopping;

  /**
   * Connects to nothing yet.
   *
   * @param workerId by which Kafka names this member of the group
   * @param redis is told where the store does not answer
   * @param onEmptyState what to do where the store has lost its state
   * @param dataFolder Redis's own, where this program can see it
   * @param scan how often the stored offsets are compared with this consumer's own
   */
  public CommandConsumer(
      String workerId,
      KafkaSettings kafka,
      Duration sessionTimeout,
      Duration scan,
      CrawlStore store,
      Presence redis,
      SlotOwner owner,
      OnEmptyState onEmptyState,
      Optional<Path> dataFolder,
      KafkaHeartbeat heartbeat,
      LongSupplier nanos) {
    this.store = store;
    this.redis = redis;
    this.notes = new Notes(store);
    this.owner = owner;
    this.kafka = kafka;
    this.heartbeat = heartbeat;
    this.nanos = nanos;
    this.scanNs = scan.toNanos();
    this.consumer =
        new KafkaConsumer<>(
            properties(workerId, kafka, sessionTimeout),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.admin = Admin.create(adminProperties(kafka));
    this.deadLetters = new DeadLetters(kafka);
    LostState lostState =
        new LostState(new KafkaCommandAges(consumer, admin), store, onEmptyState, dataFolder);
    this.partitions = new Partitions(consumer, admin, store, lostState);
    this.nextCareNs = nanos.getAsLong();
  }

  private static Properties properties(
      String workerId, KafkaSettings kafka, Duration sessionTimeout) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, workerId);
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A broker that may would make the topic again with another number of partitions.
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    long timeoutMs = sessionTimeout.toMillis();
    properties.setProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(timeoutMs));
    properties.setProperty(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(timeoutMs / HEARTBEATS));
    return properties;
  }

  static Properties adminProperties(KafkaSettings kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    return properties;
  }

  /** Ends {@link #run}, which revokes what is assigned and leaves the group. */
  public void stop() {
    stopping = true;
    consumer.wakeup();
  }

  /** Looks whether Kafka answered a heartbeat; called every little while, from any thread. */
  public void sampleHeartbeat() {
    heartbeat.sample(consumer.metrics());
  }

  @Override
  public void run() {
    try (consumer;
        admin;
        deadLetters) {
      consumer.subscribe(List.of(Topics.COMMANDS), new Listener());
      while (!stopping) {
        poll();
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() throws InterruptedException {
    try {
      care();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (TopicPartition partition : records.partitions()) {
        take(partition.partition(), records.records(partition));
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      failed(e);
    }
  }

  private void failed(KafkaException e) throws InterruptedException {
    Fault fault = e instanceof DeadLetterException ? writing : reading;
    fault.failed(String.valueOf(e.getMessage()));
    partitions.hold(consumer.assignment());
    if (Topics.isAbsent(e)) {
      makeTopicsAgain();
    }
    TimeUnit.NANOSECONDS.sleep(RETRY_NS);
  }

  /** Commands that the store has noted go on; unread ones are lost with the deleted topic. */
  private void makeTopicsAgain() throws InterruptedException {
    try {
      Topics.ensure(kafka);
    } catch (KafkaException | TopicMismatchException e) {
      LOG.debug("the topics could not be made again", e);
    }
  }

  /** Why Kafka keeps commands from being read, in a few words. */
  public Optional<String> fault() {
    return reading.why().or(writing::why);
  }

  /**
   * What is due beside reading: positions that are not known, and the comparison with the store.
   */
  private void care() throws InterruptedException {
    if (nanos.getAsLong() - nextCareNs < 0 && !(partitions.anyHeld() && !storeAway)) {
      return;
    }
    nextCareNs = nanos.getAsLong() + scanNs;
    try {
      Set<Integer> others = partitions.compare();
      if (!others.isEmpty()) {
        LOG.warn("the store's position in partitions {} is another: reading from there", others);
      }
      partitions.position();
      storeAway = false;
      reading.over();
    } catch (StoreUnavailableException e) {
      away(e);
      nextCareNs = nanos.getAsLong() + RETRY_NS;
    }
  }

  private void away(StoreUnavailableException e) {
    storeAway = true;
    redis.away(String.valueOf(e.getMessage()));
  }

  private void take(int partition, List<ConsumerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    if (partitions.held(partition)) {
      return;
    }
    List<NotedCommand> commands = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        commands.add(noted(record));
      } catch (MalformedCommandException e) {
        String reason = String.valueOf(e.getMessage());
        deadLetters.put(record, reason); // may be in vain, again and again
        writing.over();
        LOG.warn("partition {} offset {}: no command: {}", partition, record.offset(), reason);
      }
    }
    try {
      note(partition, records.getLast().offset() + 1, commands);
    } catch (StoreUnavailableException e) {
      partitions.hold(partition);
      away(e);
    }
  }

  private NotedCommand noted(ConsumerRecord<byte[], byte[]> record)
      throws MalformedCommandException {
    if (record.value() == null) {
      throw new MalformedCommandException("an empty record", null);
    }
    Command command = CommandCodec.read(new String(record.value(), StandardCharsets.UTF_8));
    if (Slots.of(command.seed().host()) != record.partition()) {
      throw new MalformedCommandException(
          "a command of "
              + command.seed()
              + " belongs into partition "
              + Slots.of(command.seed().host()),
          null);
    }
    Position position = new Position(partitions.topicId(), record.partition(), record.offset());
    return new NotedCommand(position, command);
  }

  private void note(int partition, long next, List<NotedCommand> commands) {
    NoteRequest request =
        new NoteRequest(
            partition, partitions.topicId(), partitions.expected(partition), next, commands);
    if (store.note(request).isPresent()) {
      partitions.hold(
          partition); // the store is elsewhere: it says where, and reading goes on there
      return;
    }
    partitions.noted(partition, next);
    Set<Seed> seeds =
        commands.stream().map(noted -> noted.command().seed()).collect(Collectors.toSet());
    if (!seeds.isEmpty()) {
      apply(seeds);
      seeds.forEach(owner::look);
    }
    consumer.commitAsync(CommandConsumer::committed);
  }

  /** The committed offset is for lag monitors alone, and the next commit takes its place. */
  private static void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    if (failure != null) {
      LOG.debug("offsets were not committed: {}", offsets, failure);
    }
  }

  /** What cannot be applied is tried again by the scan, and holds up no partition. */
  private void apply(Set<Seed> seeds) {
    try {
      notes.apply(seeds);
    } catch (StoreUnavailableException e) {
      away(e);
    } catch (RuntimeException e) {
      LOG.error("commands of {} could not be applied", seeds, e);
    }
  }

  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      Set<Integer> slots = numbers(assigned);
      partitions.assigned(slots);
      owner.assigned(slots);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      Set<Integer> slots = numbers(revoked);
      removed(slots);
      owner.revoked(slots);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      Set<Integer> slots = numbers(lost);
      removed(slots);
      owner.lost(slots);
    }

    /** A dead letter may be another worker's now. */
    private void removed(Set<Integer> slots) {
      partitions.removed(slots);
      writing.over();
    }

    private Set<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
  }
}
