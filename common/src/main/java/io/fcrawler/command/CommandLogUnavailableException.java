package io.fcrawler.command;

/** The log of commands did not acknowledge in time. */
public final class CommandLogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandLogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
