package io.fcrawler.kafka;

import io.fcrawler.command.Command;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.CommandLog;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.lane.Slots;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command log in Kafka. A thread of its own connects, and makes the topics, as soon as Kafka
 * answers; calls wait for it so long and no longer. After a failed append the next one connects
 * anew: Kafka may have come back without its data, and a producer that failed may stay so.
 */
public final class KafkaCommandLog implements CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaCommandLog.class);

  /** A Kafka that takes two seconds is slow, not away; a container's health check waits longer. */
  private static final Duration LOOK = Duration.ofSeconds(4);

  private static final String IN_TIME = "Kafka did not acknowledge the command in time";

  private final KafkaSettings settings;
  private final Duration wait;
  private final Object lock = new Object();
  private Connecting connecting;
  private boolean closed;

  /** A connection to be, and the thread that makes it. */
  private record Connecting(CompletableFuture<KafkaConnection> connection, Thread thread) {}

  /**
   * Begins to connect.
   *
   * @param wait how long an append waits for the acknowledgement
   */
  public KafkaCommandLog(KafkaSettings settings, Duration wait) {
    this.settings = settings;
    this.wait = wait;
    this.connecting = connect();
  }

  @Override
  public void append(Command command) {
    ProducerRecord<String, String> entry =
        new ProducerRecord<>(
            Topics.COMMANDS,
            Slots.of(command.seed().host()),
            CommandCodec.key(command),
            CommandCodec.toJson(command));
    Connecting used = connecting();
    try {
      long deadline = System.nanoTime() + wait.toNanos();
      KafkaConnection connection = await(used.connection, deadline);
      await(connection.producer().send(entry), deadline);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      connectAnew(used);
      throw new CommandLogUnavailableException(reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandLogUnavailableException("interrupted while Kafka was waited for", e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return switch (cause) {
      case TopicMismatchException _ -> String.valueOf(cause.getMessage());
      case TimeoutException _ -> IN_TIME;
      case org.apache.kafka.common.errors.TimeoutException late -> reason(late);
      default -> "Kafka refused the command: " + cause.getMessage();
    };
  }

  /** Kafka may name the cause, as that there is no such topic. */
  private static String reason(org.apache.kafka.common.errors.TimeoutException late) {
    return late.getCause() == null ? IN_TIME : IN_TIME + ": " + late.getCause().getMessage();
  }

  @Override
  public boolean reachable() {
    try {
      long deadline = System.nanoTime() + LOOK.toNanos();
      KafkaConnection connection = await(connecting().connection, deadline);
      var options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(LOOK.toMillis()));
      await(connection.admin().describeCluster(options).nodes(), deadline);
      return true;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      LOG.debug("Kafka is not reachable", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Interrupts a connecting under way; waits a little for appends under way. */
  @Override
  public void close() {
    Connecting last;
    synchronized (lock) {
      last = connecting;
      closed = true;
    }
    last.thread.interrupt();
    boolean unfinished = last.connection.completeExceptionally(new KafkaException("closed"));
    if (!unfinished && last.connection.state() == Future.State.SUCCESS) {
      last.connection.resultNow().close(wait);
    }
  }

  private Connecting connecting() {
    synchronized (lock) {
      if (!closed && connecting.connection.isCompletedExceptionally()) {
        connecting = connect();
      }
      return connecting;
    }
  }

  private void connectAnew(Connecting failed) {
    synchronized (lock) {
      if (closed
          || !connecting.equals(failed)
          || failed.connection.state() != Future.State.SUCCESS) {
        return; // another caller did so, or the connecting goes on
      }
      connecting = connect();
    }
    KafkaConnection old = failed.connection.resultNow();
    Thread.ofVirtual().name("kafka-close").start(() -> old.close(wait));
  }

  private Connecting connect() {
    CompletableFuture<KafkaConnection> connection = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().name("kafka-connect").start(() -> complete(connection));
    return new Connecting(connection, thread);
  }

  private void complete(CompletableFuture<KafkaConnection> connection) {
    try {
      KafkaConnection opened = KafkaConnection.openWhenUp(settings, wait);
      if (!connection.complete(opened)) {
        opened.close(Duration.ZERO); // the log was closed meanwhile
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.completeExceptionally(e);
    } catch (RuntimeException e) {
      LOG.error("Commands cannot be taken: {}", e.getMessage());
      connection.completeExceptionally(e);
    }
  }

  private static <T> T await(Future<T> future, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
