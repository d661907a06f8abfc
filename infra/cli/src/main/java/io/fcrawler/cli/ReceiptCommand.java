package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.client.JsonObject;
import io.fcrawler.client.Receipt;
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
    Receipt receipt = api().receipt(seed);
    boolean isClean = receipt.isClean();
    if (isJson()) {
      output().json(receipt.json().json());
    } else {
      show(receipt);
    }
    return isClean ? ExitCodes.FINE : ExitCodes.REFUSED;
  }

  private void show(Receipt receipt) {
    JsonObject json = receipt.json();
    field("seed", json.text("seed"));
    field("crawl", json.text("crawlId"));
    field("status", json.text("status"));
    NUMBERS.forEach(name -> field(name, String.valueOf(json.number(name))));
    field("verdict", receipt.verdict());
    receipt.differences().forEach(difference -> field("", difference));
  }

  private void field(String name, String value) {
    output().line(String.format(Locale.ROOT, "%-16s %s", name, value));
  }
}
