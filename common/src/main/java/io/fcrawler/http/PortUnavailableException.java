package io.fcrawler.http;

/** A port that cannot be listened on; the message is one line that says why and what to do. */
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
