package io.fcrawler.cli;

import io.fcrawler.cli.api.ExitCodes;
import io.fcrawler.cli.api.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fcrawler receipt}. */
@Command(
    name = "receipt",
    description = "Audits a crawl: its counters beside what the state itself adds up to.",
    exitCodeList = {
      "0:clean",
      "1:the numbers differ, or the API refused",
      "2:wrong usage",
      "3:the API, or Redis behind it, is not reachable"
    })
final class ReceiptCommand extends ApiCommand {
  private static final List<String> NUMBERS =
      List.of(
          "total",
          "crawled",
          "failed",
          "queued",
          "delayed",
          "inFlight",
          "excluded",
          "fingerprints",
          "listedFailures",
          "listedExclusions");

  @Parameters(paramLabel = "SEED", description = "in any spelling in which it may be submitted")
  private String seed = "";

  ReceiptCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject receipt = api().receipt(seed);
    String verdict = receipt.text("verdict");
    if (isJson()) {
      output().json(receipt.json());
    } else {
      show(receipt, verdict);
    }
    return verdict.equals("clean") ? ExitCodes.FINE : ExitCodes.REFUSED;
  }

  private void show(JsonObject receipt, String verdict) {
    field("seed", receipt.text("seed"));
    field("crawl", receipt.text("crawlId"));
    field("status", receipt.text("status"));
    NUMBERS.forEach(name -> field(name, String.valueOf(receipt.number(name))));
    field("verdict", verdict);
    receipt.texts("differences").forEach(difference -> field("", difference));
  }

  private void field(String name, String value) {
    output().line(String.format(Locale.ROOT, "%-16s %s", name, value));
  }
}
