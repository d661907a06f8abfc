package io.fcrawler.cli;

import io.fcrawler.client.JsonObject;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code fcrawler failures}. */
@Command(
    name = "failures",
    description = "Lists all URLs of a seed that were given up: why, after how many attempts.")
final class FailuresCommand extends ListingCommand {
  FailuresCommand(Session session) {
    super(session, "failures");
  }

  @Override
  String text(JsonObject failure) {
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
