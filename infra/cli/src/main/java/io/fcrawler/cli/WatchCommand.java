package io.fcrawler.cli;

import io.fcrawler.cli.watch.Watch.Target;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fcrawler watch}. */
@Command(
    name = "watch",
    description = {
      "Shows how far crawls are until all are finished.",
      "Draws bars in a terminal; else prints a line for each new status, and for other changes at",
      "most one in five seconds. An API that goes away is waited for, for a minute."
    },
    exitCodeList = {
      "0:all are done, whatever URLs failed (but see --strict)",
      "1:the API refused, a crawl was cancelled, or not one of its URLs could be crawled",
      "2:wrong usage",
      "3:the API, or Redis behind it, is not reachable"
    })
final class WatchCommand extends ApiCommand {
  @Parameters(
      paramLabel = "SEED",
      arity = "1..*",
      description = "in any spelling in which it may be submitted")
  private List<String> seeds = List.of();

  @Option(names = "--strict", description = "exit code 1 if any URL failed")
  private boolean strict;

  WatchCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Target> targets = seeds.stream().map(seed -> new Target(seed, Optional.empty())).toList();
    return new WatchRun(session(), isJson(), strict).watch(api(), targets);
  }
}
