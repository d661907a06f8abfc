package io.fcrawler.testing;

import io.fcrawler.embedded.KafkaProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A Kafka broker for tests; topics are not made by themselves. */
public final class TestingKafka {
  private static final String IMAGE = "apache/kafka:4.3.1";

  private TestingKafka() {}

  private static final class Shared {
    static final String SERVERS =
        SharedServer.start(
            IMAGE,
            TestingKafka::container,
            KafkaContainer::getBootstrapServers,
            TestingKafka::answers,
            TestingKafka::embedded);
  }

  /** The {@code bootstrap.servers} of the broker that all tests of this JVM share. */
  public static String bootstrapServers() {
    return Shared.SERVERS;
  }

  /**
   * A broker for one test, which may kill it and start it again, and must close it. It is always
   * the embedded part, in a process of its own: a container would lose its port and its files.
   */
  public static KafkaProcess startPrivate(Path folder) {
    return KafkaProcess.start(folder, 0);
  }

  private static KafkaContainer container() {
    return new KafkaContainer(DockerImageName.parse(IMAGE))
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
        .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
  }

  private static SharedServer.Part embedded(Path folder) {
    KafkaProcess kafka = startPrivate(folder); // a broker that gives up ends its whole JVM
    return new SharedServer.Part(kafka.bootstrapServers(), kafka::close);
  }

  private static boolean answers(String servers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      return !admin.describeCluster().nodes().get(15, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
