package io.fcrawler.command;

import org.jspecify.annotations.Nullable;

/** A record of the log that is no command; the message is the reason given to dead letters. */
public final class MalformedCommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedCommandException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
