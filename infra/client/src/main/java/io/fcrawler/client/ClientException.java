package io.fcrawler.client;

import org.jspecify.annotations.Nullable;

/** A call of the API that did not give what was asked for. The message is one line, for a user. */
public abstract sealed class ClientException extends RuntimeException
    permits RefusedException, UnreachableException {
  private static final long serialVersionUID = 1L;

  ClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public final String line() {
    return String.valueOf(getMessage());
  }
}
