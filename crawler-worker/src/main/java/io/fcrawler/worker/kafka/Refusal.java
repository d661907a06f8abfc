package io.fcrawler.worker.kafka;

import io.fcrawler.kafka.Topics;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Why Kafka takes no records, in words. */
final class Refusal {
  private Refusal() {}

  /** The cause, if Kafka named one, and was not just silent. */
  static Optional<Throwable> cause(Throwable failure) {
    @Nullable Throwable cause = failure;
    while (cause instanceof TimeoutException) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause);
  }

  static boolean isUnknownTopic(Throwable failure) {
    return cause(failure).filter(UnknownTopicOrPartitionException.class::isInstance).isPresent();
  }

  static String why(Throwable failure) {
    return cause(failure).map(Refusal::named).orElse("Kafka did not take them in time");
  }

  private static String named(Throwable cause) {
    return switch (cause) {
      case UnknownTopicOrPartitionException _ -> "there is no topic " + Topics.PAGES;
      case AuthorizationException _ ->
          "Kafka does not let this program's user write to " + Topics.PAGES;
      case AuthenticationException _ -> "Kafka does not accept this program's user: " + text(cause);
      default -> Topics.PAGES + " refuses them: " + text(cause);
    };
  }

  private static String text(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
