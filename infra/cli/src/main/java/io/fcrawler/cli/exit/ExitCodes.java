package io.fcrawler.cli.exit;

import io.fcrawler.client.ClientException;
import io.fcrawler.client.RefusedException;
import io.fcrawler.client.UnreachableException;

/** What the exit codes of the command line mean. */
public final class ExitCodes {
  public static final int FINE = 0;

  /** The API refused, or something is not as it should be. */
  public static final int REFUSED = 1;

  public static final int USAGE = 2;
  public static final int UNREACHABLE = 3;

  private ExitCodes() {}

  /** The exit code of a command that ends by this exception. */
  public static int of(ClientException e) {
    return switch (e) {
      case RefusedException refused -> REFUSED;
      case UnreachableException away -> UNREACHABLE;
    };
  }
}
