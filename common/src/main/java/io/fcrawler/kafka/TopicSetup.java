package io.fcrawler.kafka;

import io.fcrawler.lane.Slots;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at making the topics that are absent. */
final class TopicSetup {
  private static final int PAGE_PARTITIONS = 16;
  private static final String FOREVER = "-1";
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final int SETTLE_LOOKS = 50;
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private final Admin admin;
  private final int replication;

  TopicSetup(Admin admin, int replication) {
    this.admin = admin;
    this.replication = replication;
  }

  void run() throws InterruptedException {
    Map<String, TopicDescription> found = find();
    List<NewTopic> absent =
        wanted().stream().filter(topic -> !found.containsKey(topic.name())).toList();
    if (!absent.isEmpty()) {
      create(absent);
      found.putAll(awaitAll());
    }
    checkPartitions(found);
    checkConfigs();
  }

  private List<NewTopic> wanted() {
    return List.of(
        topic(
            Topics.COMMANDS,
            Slots.COUNT,
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG, FOREVER,
                TopicConfig.RETENTION_BYTES_CONFIG, FOREVER,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_COMMAND_BYTES))),
        topic(
            Topics.PAGES,
            PAGE_PARTITIONS,
            Map.of(
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "producer",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(Topics.MAX_PAGE_BYTES))),
        topic(
            Topics.DEAD_LETTERS,
            1,
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTER_RETENTION.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(2 * Topics.MAX_COMMAND_BYTES))));
  }

  private NewTopic topic(String name, int partitions, Map<String, String> config) {
    Map<String, String> all = new HashMap<>(config);
    all.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication < 3 ? "1" : "2");
    return new NewTopic(name, partitions, (short) replication).configs(all);
  }

  private Map<String, TopicDescription> find() throws InterruptedException {
    Set<String> names = wanted().stream().map(NewTopic::name).collect(Collectors.toSet());
    Map<String, TopicDescription> found = new HashMap<>();
    for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
      answer(topic.getValue(), UnknownTopicOrPartitionException.class)
          .ifPresent(description -> found.put(topic.getKey(), description));
    }
    return found;
  }

  /** Another program may make the same at the same time. */
  private void create(List<NewTopic> absent) throws InterruptedException {
    Map<String, KafkaFuture<Void>> made = admin.createTopics(absent).values();
    for (NewTopic topic : absent) {
      KafkaFuture<Boolean> done =
          Objects.requireNonNull(made.get(topic.name())).thenApply(_ -> true);
      if (answer(done, TopicExistsException.class).isPresent()) {
        LOG.info("Made the topic {} with {} partitions", topic.name(), topic.numPartitions());
      }
    }
  }

  /** A topic that was made just now is not yet known to every broker. */
  private Map<String, TopicDescription> awaitAll() throws InterruptedException {
    Map<String, TopicDescription> found = find();
    for (int look = 1; found.size() < wanted().size() && look < SETTLE_LOOKS; look++) {
      Thread.sleep(SETTLE);
      found = find();
    }
    if (found.size() < wanted().size()) {
      throw new KafkaException("Kafka made the topics, but does not show them yet");
    }
    return found;
  }

  private static void checkPartitions(Map<String, TopicDescription> found) {
    TopicDescription commands = Objects.requireNonNull(found.get(Topics.COMMANDS));
    int partitions = commands.partitions().size();
    if (partitions != Slots.COUNT) {
      throw new TopicMismatchException(
          "The topic %s has %d partitions, but must have %d: delete it if it is not in use, and it is made anew"
              .formatted(Topics.COMMANDS, partitions, Slots.COUNT));
    }
  }

  private void checkConfigs() throws InterruptedException {
    ConfigResource commands = new ConfigResource(ConfigResource.Type.TOPIC, Topics.COMMANDS);
    ConfigResource pages = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PAGES);
    Map<ConfigResource, Config> configs =
        answer(admin.describeConfigs(Set.of(commands, pages)).all());
    keepCommands(commands, Objects.requireNonNull(configs.get(commands)));
    checkPageSize(Objects.requireNonNull(configs.get(pages)));
  }

  private static void checkPageSize(Config config) {
    String most = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
    if (Long.parseLong(most) < Topics.MAX_PAGE_BYTES) {
      LOG.warn(
          "The topic {} has max.message.bytes {}, but a page's record may have {}: larger ones will"
              + " be cut",
          Topics.PAGES,
          most,
          Topics.MAX_PAGE_BYTES);
    }
  }

  /** Sets the retention of commands right, should someone else have made the topic. */
  private void keepCommands(ConfigResource topic, Config config) throws InterruptedException {
    Set<AlterConfigOp> changes = new HashSet<>();
    for (String name :
        List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
      if (!FOREVER.equals(config.get(name).value())) {
        changes.add(new AlterConfigOp(new ConfigEntry(name, FOREVER), OpType.SET));
      }
    }
    if (!changes.isEmpty()) {
      LOG.warn(
          "The topic {} did not keep everything; its retention is set to do so", Topics.COMMANDS);
      answer(admin.incrementalAlterConfigs(Map.of(topic, changes)).all());
    }
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw kafka(e);
    }
  }

  /** The answer; empty where it is an exception of {@code absent}. */
  private static <T> Optional<T> answer(
      KafkaFuture<T> future, Class<? extends KafkaException> absent) throws InterruptedException {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      if (absent.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw kafka(e);
    }
  }

  private static KafkaException kafka(ExecutionException e) {
    return e.getCause() instanceof KafkaException kafka
        ? kafka
        : new KafkaException("Kafka did not answer", e.getCause());
  }
}
