package io.fcrawler.cli;

import io.fcrawler.cli.exit.UsageException;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fcrawler} alone, which names the commands. */
@Command(
    name = "fcrawler",
    description =
        "Submits domains to fcrawler, watches them being crawled, stops and resumes them.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    commandListHeading = "%nCommands (each has a --help of its own):%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:the API refused, or something is not as it should be",
      "2:wrong usage",
      "3:the API, or Kafka or Redis behind it, is not reachable"
    },
    footer = {
      "",
      "With --json a command prints the API's JSON as it is, one object per line where there are",
      "several. Errors are one line each on standard error.",
      "",
      "FCRAWLER_URL is where the API is, KAFKA_BOOTSTRAP_SERVERS where Kafka is (for pages alone)."
    })
final class RootCommand implements Callable<Integer> {
  @Option(names = "--help", usageHelp = true, description = "prints this")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "prints the version")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  /** As the jar has it. */
  static String version() {
    return Objects.requireNonNullElse(
        RootCommand.class.getPackage().getImplementationVersion(), "of the sources");
  }

  @Override
  public Integer call() {
    throw new UsageException("a command is missing (see fcrawler --help)");
  }
}
