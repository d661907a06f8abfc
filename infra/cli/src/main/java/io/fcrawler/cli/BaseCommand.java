package io.fcrawler.cli;

import io.fcrawler.cli.text.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have. */
@Command(
    sortOptions = false,
    sortSynopsis = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:the API refused",
      "2:wrong usage",
      "3:the API, or Kafka or Redis behind it, is not reachable"
    })
abstract class BaseCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--json", order = 90, description = "prints JSON, as the API gave it")
  private boolean json;

  @Option(names = "--help", order = 99, usageHelp = true, description = "prints this")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  BaseCommand(Session session) {
    this.session = session;
  }

  final Session session() {
    return session;
  }

  final Output output() {
    return session.output();
  }

  final boolean isJson() {
    return json;
  }
}
