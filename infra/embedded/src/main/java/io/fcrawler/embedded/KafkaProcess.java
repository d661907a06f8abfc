package io.fcrawler.embedded;

import io.fcrawler.embedded.ServerProcess.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link EmbeddedKafka} in a JVM of its own, which may be killed, and started again on its
 * directory and port. Its log is {@code kafka.log} in its directory.
 *
 * <p>Not thread-safe.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private ServerProcess process;

  private KafkaProcess(Path directory, int port, String... settings) {
    this.directory = directory.toAbsolutePath();
    this.port = port;
    this.settings = List.of(settings);
    this.process = launch();
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @param port on 127.0.0.1; 0 for any free one
   */
  public static KafkaProcess start(Path directory, int port) {
    return port != 0
        ? new KafkaProcess(directory, port)
        : RedisServer.onFreePort(() -> new KafkaProcess(directory, Loopback.freePort()));
  }

  /**
   * Starts a broker whose clients are to reach it by another port, that of a proxy.
   *
   * @param port on 127.0.0.1
   */
  public static KafkaProcess startBehind(int proxyPort, Path directory, int port) {
    String address = BrokerConfig.BROKER_LISTENER + "://127.0.0.1:" + proxyPort;
    return new KafkaProcess(directory, port, "advertised.listeners=" + address);
  }

  private ServerProcess launch() {
    if (!Loopback.isFree(port)) {
      throw new EmbeddedServerException("port " + port + " is already in use");
    }
    ServerProcess started =
        ServerProcess.start("Kafka", command(), directory, directory.resolve("kafka.log"));
    started.awaitReady(
        () -> KafkaProbe.answers(port) ? Readiness.READY : Readiness.NOT_YET, START_LIMIT);
    return started;
  }

  private List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                directory.toString(),
                Integer.toString(port)));
    command.addAll(settings);
    return command;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory;
  }

  public ProcessHandle process() {
    return process.handle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; the next start recovers the logs. */
  public void kill() {
    process.kill();
  }

  /** Ends the broker in order if it is alive, and starts it on the same directory and port. */
  public void restart() {
    close();
    process = launch();
  }

  @Override
  public void close() {
    process.stop(STOP_GRACE);
  }
}
