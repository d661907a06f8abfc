package io.fcrawler.cli;

import io.fcrawler.client.JsonObject;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code fcrawler excluded}. */
@Command(
    name = "excluded",
    description = "Lists all URLs of a seed that were kept out of its crawl, and why.")
final class ExcludedCommand extends ListingCommand {
  ExcludedCommand(Session session) {
    super(session, "excluded");
  }

  @Override
  String text(JsonObject excluded) {
    return String.format(Locale.ROOT, "%-20s  %s", excluded.text("reason"), excluded.text("url"));
  }
}
