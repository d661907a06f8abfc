package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.client.Api;
import io.fcrawler.client.Api.Control;
import io.fcrawler.client.Crawl;
import io.fcrawler.client.RefusedException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fcrawler pause}, {@code resume} and {@code cancel}. */
@Command(
    description = "Tells the crawls of seeds to ${COMMAND-NAME}.",
    exitCodeList = {
      "0:all commands are taken",
      "1:the API refused one; it did not keep the others",
      "2:wrong usage",
      "3:the API, or Kafka or Redis behind it, is not reachable"
    })
final class ControlCommand extends ApiCommand {
  private final Control control;

  @Parameters(
      paramLabel = "SEED",
      arity = "1..*",
      description = "in any spelling in which it may be submitted")
  private List<String> seeds = List.of();

  ControlCommand(Session session, Control control) {
    super(session);
    this.control = control;
  }

  @Override
  public Integer call() {
    Api api = api();
    int code = ExitCodes.FINE;
    for (String seed : seeds) {
      try {
        show(api.control(seed, control));
      } catch (RefusedException e) {
        output().error(e.line());
        code = ExitCodes.REFUSED;
      }
    }
    return code;
  }

  private void show(Crawl before) {
    if (isJson()) {
      output().json(before.json().json());
    } else {
      output()
          .line("%s  %s taken, was %s".formatted(before.seed(), control.word(), before.status()));
    }
  }
}
