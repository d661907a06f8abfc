package io.fcrawler.cli;

import io.fcrawler.cli.api.ExitCodes;
import io.fcrawler.cli.api.JsonObject;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fcrawler failures}. */
@Command(
    name = "failures",
    description = "Lists all URLs of a seed that were given up: why, after how many attempts.")
final class FailuresCommand extends ApiCommand {
  @Parameters(paramLabel = "SEED", description = "in any spelling in which it may be submitted")
  private String seed = "";

  private long listed;

  FailuresCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    api().failures(seed, this::show);
    return ExitCodes.FINE;
  }

  private boolean show(JsonObject failure) {
    if (isJson()) {
      output().json(failure.json());
    } else {
      output().line(text(failure));
    }
    return ++listed % 1000 != 0 || output().isRead();
  }

  private static String text(JsonObject failure) {
    long attempts = failure.number("attempts");
    return String.format(
            Locale.ROOT,
            "%-20s  %d attempt%s  ",
            failure.text("reason"),
            attempts,
            attempts == 1 ? " " : "s")
        + failure.text("url")
        + failure.optionalText("referrer").map(from -> "  (on " + from + ")").orElse("");
  }
}
