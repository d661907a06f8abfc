package io.fcrawler.embedded;

import io.fcrawler.embedded.ServerProcess.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A real redis-server in a process of its own, on 127.0.0.1. It may be killed, and started again on
 * its directory and port. Its log is {@code redis.log} in its directory.
 *
 * <p>Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final RedisBinary binary;
  private final Path directory;
  private final List<String> options;
  private final int port;
  private ServerProcess process;

  private RedisServer(RedisBinary binary, Path directory, int port, List<String> options) {
    this.binary = binary;
    this.directory = directory.toAbsolutePath();
    this.port = port;
    this.options = List.copyOf(options);
    this.process = launch();
  }

  /**
   * Starts the server that {@link RedisBinary#find} finds, on any free port.
   *
   * @param options for example {@code "--appendonly", "yes"}
   */
  public static RedisServer start(Path directory, String... options) {
    return start(RedisBinary.find(System.getenv()), directory, 0, List.of(options));
  }

  /**
   * Starts a server and returns when it takes commands.
   *
   * @param port 0 for any free one
   * @throws EmbeddedServerException if it does not come up; its last lines are in the message
   */
  public static RedisServer start(
      RedisBinary binary, Path directory, int port, List<String> options) {
    return port != 0
        ? new RedisServer(binary, directory, port, options)
        : onFreePort(() -> new RedisServer(binary, directory, Loopback.freePort(), options));
  }

  /** Another process may take a free port first; then another one is tried. */
  static <S> S onFreePort(Supplier<S> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.get();
      } catch (EmbeddedServerException e) {
        boolean taken = String.valueOf(e.getMessage()).contains(" in use");
        if (!taken || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private ServerProcess launch() {
    if (!Loopback.isFree(port)) {
      throw new EmbeddedServerException("port " + port + " is already in use");
    }
    ServerProcess started =
        ServerProcess.start(
            "redis-server",
            binary.command(port, directory, options),
            directory,
            directory.resolve("redis.log"));
    long pid = started.handle().pid();
    started.awaitReady(() -> readiness(pid), START_LIMIT);
    return started;
  }

  private Readiness readiness(long pid) {
    return switch (RedisProbe.ask(port, pid)) {
      case READY -> Readiness.READY;
      case LOADING -> Readiness.WORKING;
      case NONE -> Readiness.NOT_YET;
    };
  }

  public int port() {
    return port;
  }

  /** For clients that take a URL: {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public Path directory() {
    return directory;
  }

  /** The process, to be stopped and continued by signals, for example. */
  public ProcessHandle process() {
    return process.handle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; what was not yet written is lost, as in a crash. */
  public void kill() {
    process.kill();
  }

  /** Ends the server in order if it is alive, and starts it on the same directory and port. */
  public void restart() {
    close();
    process = launch();
  }

  @Override
  public void close() {
    process.stop(STOP_GRACE);
  }
}
