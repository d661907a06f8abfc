package io.fcrawler.cli.exit;

/** The command line asks for what cannot be. The message is one line, for the user. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  public String line() {
    return String.valueOf(getMessage());
  }
}
