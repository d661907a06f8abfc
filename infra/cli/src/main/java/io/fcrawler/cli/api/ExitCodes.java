package io.fcrawler.cli.api;

/** What the client's exit codes mean. */
public final class ExitCodes {
  public static final int FINE = 0;

  /** The API refused, or something is not as it should be. */
  public static final int REFUSED = 1;

  public static final int USAGE = 2;
  public static final int UNREACHABLE = 3;

  private ExitCodes() {}
}
