package io.fcrawler.kafka;

/** A topic that exists, but not as this program needs it; only its owner can put that right. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicMismatchException(String message) {
    super(message);
  }
}
