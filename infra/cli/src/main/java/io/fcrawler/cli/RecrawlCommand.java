package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.client.JsonObject;
import picocli.CommandLine.Command;

/** {@code fcrawler recrawl}. */
@Command(
    name = "recrawl",
    description = "Has workers crawl all anew that found Redis empty, and wait.",
    exitCodeList = {
      "0:they begin",
      "1:no worker waits",
      "2:wrong usage",
      "3:the API, or Redis behind it, is not reachable"
    })
final class RecrawlCommand extends ApiCommand {
  RecrawlCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject found = api().recrawl();
    if (isJson()) {
      output().json(found.json());
    } else {
      output()
          .line(
              "all is crawled anew: %d commands, the oldest of %s"
                  .formatted(found.number("commands"), found.text("oldest")));
    }
    return ExitCodes.FINE;
  }
}
