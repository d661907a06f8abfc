package io.fcrawler.worker.command;

import io.fcrawler.config.KafkaSettings;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer group of all workers, as Kafka knows it. */
public final class WorkerGroup {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerGroup.class);

  private final KafkaSettings kafka;

  /** Connects only while it asks, which is seldom. */
  public WorkerGroup(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** The ids of the workers in it; empty where Kafka does not tell within some seconds. */
  public Optional<Set<String>> workers() {
    try (Admin admin = Admin.create(CommandConsumer.adminProperties(kafka))) {
      return Optional.of(
          admin.describeConsumerGroups(Set.of(CommandConsumer.GROUP)).all().get().values().stream()
              .flatMap(group -> group.members().stream())
              .map(MemberDescription::clientId)
              .collect(Collectors.toSet()));
    } catch (ExecutionException | KafkaException e) {
      return e.getCause() instanceof GroupIdNotFoundException ? Optional.of(Set.of()) : unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Set<String>> unknown(Exception e) {
    LOG.warn("Kafka does not tell who is in the group of workers: {}", e.getMessage());
    return Optional.empty();
  }
}
