package io.fcrawler.kafka;

import com.google.common.base.Throwables;
import io.fcrawler.config.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics, and how they are made where they are absent. */
public final class Topics {
  /** Commands: a partition for each slot, kept for ever, since Redis may need any of them again. */
  public static final String COMMANDS = "fcrawler.commands";

  /** A record for each page that was crawled or failed. */
  public static final String PAGES = "fcrawler.pages";

  /** Records of {@link #COMMANDS} that are no commands, each with the reason. */
  public static final String DEAD_LETTERS = "fcrawler.dead-letters";

  /** The largest record of {@link #COMMANDS}, in bytes; larger than any request to the API. */
  public static final int MAX_COMMAND_BYTES = 2 << 20;

  /** The largest record of {@link #PAGES}, in bytes. */
  public static final int MAX_PAGE_BYTES = 8 << 20;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private Topics() {}

  /**
   * Makes the topics that are absent, as soon as Kafka answers.
   *
   * @throws TopicMismatchException if one cannot be used as it is
   */
  public static void ensureWhenUp(KafkaSettings settings) throws InterruptedException {
    String told = "";
    while (true) {
      try {
        ensure(settings);
        return;
      } catch (KafkaException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(told)) {
          LOG.warn("Kafka at {} cannot be used yet: {}", settings.bootstrapServers(), why);
          told = why;
        }
      }
      Thread.sleep(RETRY);
    }
  }

  /**
   * Makes the topics that are absent, once.
   *
   * @throws KafkaException where Kafka does not answer, or refuses
   * @throws TopicMismatchException if a topic cannot be used as it is
   */
  public static void ensure(Admin admin, int replication) throws InterruptedException {
    new TopicSetup(admin, replication).run();
  }

  /**
   * Makes the topics that are absent, once, by a client of its own.
   *
   * @throws KafkaException where Kafka does not answer, or refuses
   * @throws TopicMismatchException if a topic cannot be used as it is
   */
  public static void ensure(KafkaSettings settings) throws InterruptedException {
    try (Admin admin = admin(settings)) {
      ensure(admin, settings.replication());
    }
  }

  /** Whether a failure's cause, or a cause of that, is that a topic is absent. */
  public static boolean isAbsent(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .anyMatch(UnknownTopicOrPartitionException.class::isInstance);
  }

  /** A client that gives up after one request's timeout. */
  public static Admin admin(KafkaSettings settings) {
    Properties properties = settings.clientProperties();
    properties.setProperty(
        "default.api.timeout.ms", Long.toString(settings.requestTimeout().toMillis()));
    return Admin.create(properties);
  }
}
