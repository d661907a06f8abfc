package io.fcrawler.cli.api;

import org.jspecify.annotations.Nullable;

/** The API, or what it or the client needs, does not answer now. */
public final class UnreachableException extends CliException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return ExitCodes.UNREACHABLE;
  }
}
