package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.text.Words;
import io.fcrawler.client.JsonObject;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code fcrawler workers}. */
@Command(name = "workers", description = "Lists the crawler workers and what they do.")
final class WorkersCommand extends ApiCommand {
  WorkersCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject answer = api().workers();
    if (isJson()) {
      answer.objects("workers").forEach(worker -> output().json(worker.json()));
    } else {
      line(
          "ALIVE",
          "LANES",
          "SLOTS",
          "RATE",
          "INFLIGHT",
          "HEAP",
          "MAX HEAP",
          "VERSION",
          "HEARTBEAT",
          "WORKER");
      answer.objects("workers").forEach(this::show);
    }
    return ExitCodes.FINE;
  }

  private void show(JsonObject worker) {
    String id = worker.text("id");
    line(
        worker.isTrue("alive") ? "yes" : "NO",
        number(worker, "lanes"),
        number(worker, "slots"),
        Words.orDash(
            worker.optionalNumber("pagesPerSecond").map(Number::doubleValue).map(Words::rate)),
        number(worker, "inFlight"),
        bytes(worker, "heapUsedBytes"),
        bytes(worker, "heapMaxBytes"),
        Words.orDash(worker.optionalText("version")),
        Words.orDash(worker.optionalText("heartbeatAt")),
        worker.optionalText("host").map(host -> id + " on " + host).orElse(id));
  }

  private static String number(JsonObject worker, String name) {
    return Words.orDash(amount(worker, name).map(String::valueOf));
  }

  private static String bytes(JsonObject worker, String name) {
    return Words.orDash(amount(worker, name).map(Words::bytes));
  }

  private static Optional<Long> amount(JsonObject worker, String name) {
    return worker.optionalNumber(name).map(Number::longValue);
  }

  private void line(Object... columns) {
    output()
        .line(
            String.format(
                Locale.ROOT, "%-5s  %5s  %5s  %9s  %8s  %10s  %10s  %-8s  %-24s  %s", columns));
  }
}
