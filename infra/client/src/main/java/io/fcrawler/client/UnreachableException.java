package io.fcrawler.client;

import org.jspecify.annotations.Nullable;

/** The API, or what it or the client needs, does not answer now. */
public final class UnreachableException extends ClientException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
