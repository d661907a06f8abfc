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
  private final List<FurtherListener> listeners;
  private ServerProcess process;

  private KafkaProcess(Path directory, int port, List<FurtherListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.directory = directory.toAbsolutePath();
    this.port = port;
    this.process = launch();
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @param port on 127.0.0.1; 0 for any free one
   */
  public static KafkaProcess start(Path directory, int port) {
    return start(directory, port, List.of());
  }

  /** The same with further listeners. */
  public static KafkaProcess start(Path directory, int port, List<FurtherListener> listeners) {
    return port != 0
        ? new KafkaProcess(directory, port, listeners)
        : RedisServer.onFreePort(() -> new KafkaProcess(directory, Loopback.freePort(), listeners));
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            directory.toString(),
            Integer.toString(port)));
    listeners.forEach(listener -> command.add(listener.argument()));
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
