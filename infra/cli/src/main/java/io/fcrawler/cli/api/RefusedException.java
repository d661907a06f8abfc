package io.fcrawler.cli.api;

/** The other side answered, but not with what was wanted. */
public sealed class RefusedException extends CliException permits UnknownSeedException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message, null);
  }

  @Override
  public final int exitCode() {
    return ExitCodes.REFUSED;
  }
}
