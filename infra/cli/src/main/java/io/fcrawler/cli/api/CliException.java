package io.fcrawler.cli.api;

import org.jspecify.annotations.Nullable;

/** Ends a command. The message is one line: what was wrong, and what to do. */
public abstract sealed class CliException extends RuntimeException
    permits RefusedException, UnreachableException, UsageException {
  private static final long serialVersionUID = 1L;

  CliException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The exit code of a command that ends by this. */
  public abstract int exitCode();

  public final String line() {
    return String.valueOf(getMessage());
  }
}
