package io.fcrawler.cli.api;

/** The command line asks for what can't be. */
public final class UsageException extends CliException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message, null);
  }

  @Override
  public int exitCode() {
    return ExitCodes.USAGE;
  }
}
