package io.fcrawler.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker with its KRaft controller inside this JVM, alone in its cluster. The same
 * directory may be used by one broker at a time; the cluster id is made with the directory and
 * stays with it.
 *
 * <p>Both listeners are bound before the broker is configured, so that a free port is free for
 * certain, and a taken one is told at once.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final int port;
  private final Path directory;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private EmbeddedKafka(
      Path directory,
      BoundListeners listeners,
      List<FurtherListener> doors,
      Map<String, String> further) {
    this.directory = directory;
    this.port = listeners.port(BrokerConfig.BROKER_LISTENER);
    Map<String, String> settings = BrokerConfig.of(directory, listeners, doors);
    settings.putAll(further);
    KafkaConfig config = new KafkaConfig(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> dirs =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    SharedServer shared = shared(config, dirs._1(), listeners);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), dirs._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @param directory made and formatted if need be
   * @param port on 127.0.0.1; 0 for any free one
   * @throws EmbeddedServerException if the port is taken or the broker does not come up
   */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /**
   * The same with settings of the broker's own.
   *
   * @param further by Kafka's names; they replace the usual ones
   */
  public static EmbeddedKafka start(Path directory, int port, Map<String, String> further) {
    return start(directory, port, List.of(), further);
  }

  /** The same with further listeners. */
  static EmbeddedKafka start(
      Path directory, int port, List<FurtherListener> doors, Map<String, String> further) {
    BoundListeners listeners = BoundListeners.bind(port);
    try {
      Files.createDirectories(directory);
      StorageFormat.formatIfNew(directory);
      EmbeddedKafka kafka = new EmbeddedKafka(directory, listeners, doors, further);
      kafka.startUp();
      return kafka;
    } catch (IOException e) {
      listeners.close();
      throw new EmbeddedServerException("Kafka cannot use the folder " + directory, e);
    } catch (RuntimeException e) {
      listeners.close();
      throw new EmbeddedServerException("Kafka did not start: " + e.getMessage(), e);
    }
  }

  /** Starts a broker on any free port. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0);
  }

  /** The value for the clients' {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory;
  }

  /** Stops in order; the directory may then be used by another broker. */
  @Override
  public void close() {
    broker.shutdown(STOP_WITHIN);
    controller.shutdown();
  }

  private void startUp() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static SharedServer shared(
      KafkaConfig config, MetaPropertiesEnsemble properties, BoundListeners listeners) {
    InetSocketAddress voter = listeners.address(BrokerConfig.CONTROLLER_LISTENER);
    return new SharedServer(
        config,
        properties,
        Time.SYSTEM,
        Server.initializeMetrics(config, Time.SYSTEM, properties.clusterId().orElseThrow()),
        CompletableFuture.completedFuture(Map.of(BrokerConfig.NODE_ID, voter)),
        List.of(),
        new StandardFaultHandlerFactory(),
        listeners);
  }
}
