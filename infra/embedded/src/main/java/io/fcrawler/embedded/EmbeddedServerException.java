package io.fcrawler.embedded;

import org.jspecify.annotations.Nullable;

/** A server that could not be found, started or ended; the message says what to do. */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedServerException(String message) {
    super(message);
  }

  public EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
