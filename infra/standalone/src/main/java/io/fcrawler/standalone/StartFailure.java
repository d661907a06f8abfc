package io.fcrawler.standalone;

import org.jspecify.annotations.Nullable;

/** The launcher cannot start; the message is one line that says what to do. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
