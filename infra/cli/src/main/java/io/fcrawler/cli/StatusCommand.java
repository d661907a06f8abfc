package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.text.CrawlText;
import io.fcrawler.client.Crawl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fcrawler status}. */
@Command(name = "status", description = "Prints how far the crawl of a seed is.")
final class StatusCommand extends ApiCommand {
  @Parameters(paramLabel = "SEED", description = "in any spelling in which it may be submitted")
  private String seed = "";

  StatusCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Crawl crawl = api().crawl(seed);
    if (isJson()) {
      output().json(crawl.json().json());
    } else {
      CrawlText.lines(crawl).forEach(output()::line);
    }
    return ExitCodes.FINE;
  }
}
