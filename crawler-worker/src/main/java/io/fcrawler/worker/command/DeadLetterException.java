package io.fcrawler.worker.command;

import org.apache.kafka.common.KafkaException;

/** A dead letter was not acknowledged. */
final class DeadLetterException extends KafkaException {
  private static final long serialVersionUID = 1L;

  DeadLetterException(String message, Throwable cause) {
    super(message, cause);
  }
}
