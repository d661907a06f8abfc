package io.fcrawler.cli.text;

import io.fcrawler.client.Crawl;
import io.fcrawler.client.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A crawl as text. */
public final class CrawlText {
  private static final String ROW = "%-9s  %9s  %9s  %7s  %4s  %9s  %8s  %s";

  private CrawlText() {}

  /** The line above {@link #row}s. */
  public static String head() {
    return String.format(
        Locale.ROOT, ROW, "STATUS", "TOTAL", "CRAWLED", "FAILED", "", "RATE", "LEFT", "SEED");
  }

  public static String row(Crawl crawl) {
    return String.format(
        Locale.ROOT,
        ROW,
        crawl.status(),
        crawl.total(),
        crawl.crawled(),
        crawl.failed(),
        Words.percent(crawl.progress()),
        Words.orDash(crawl.pagesPerSecond().map(Words::rate)),
        Words.orDash(crawl.etaSeconds().map(Words::time)),
        crawl.seed());
  }

  /** One line that tells all: for logs, and where a crawl is finished. */
  public static String line(Crawl crawl) {
    StringBuilder line = new StringBuilder(64);
    line.append(crawl.seed()).append("  ").append(crawl.status()).append("  ");
    line.append(Words.percent(crawl.progress())).append("  ");
    line.append(crawl.crawled()).append(" crawled, ");
    line.append(crawl.failed()).append(" failed, ");
    line.append(crawl.pending()).append(" pending");
    if (!crawl.finished()) {
      crawl.pagesPerSecond().ifPresent(rate -> line.append("  ").append(Words.rate(rate)));
      crawl
          .etaSeconds()
          .ifPresent(eta -> line.append("  ").append(Words.time(eta)).append(" left"));
    }
    return line.toString();
  }

  /** All of it, in several lines. */
  public static List<String> lines(Crawl crawl) {
    JsonObject json = crawl.json();
    List<String> lines = new ArrayList<>();
    lines.add(field("seed", crawl.seed()));
    lines.add(field("crawl", crawl.crawlId()));
    lines.add(field("status", status(crawl)));
    lines.add(field("crawled", crawl.crawled()));
    lines.add(field("failed", crawl.failed()));
    lines.add(field("pending", crawl.pending() + ", " + crawl.inFlight() + " in flight"));
    lines.add(field("excluded", crawl.excluded()));
    json.optionalNumber("bytes")
        .ifPresent(bytes -> lines.add(field("received", Words.bytes(bytes.longValue()))));
    crawl.pagesPerSecond().ifPresent(rate -> lines.add(field("rate", Words.rate(rate))));
    crawl.etaSeconds().ifPresent(eta -> lines.add(field("left", Words.time(eta))));
    json.objects("troubledHosts").forEach(host -> lines.add(field("trouble", trouble(host))));
    json.objects("troubledWorkers")
        .forEach(worker ->
            lines.add(
                field("trouble", "worker " + worker.text("id") + ": " + worker.text("reason"))));
    json.object("damaged")
        .ifPresent(damage -> {
          damage.texts("differences").forEach(each -> lines.add(field("damaged", each)));
          damage.optionalText("remedy").ifPresent(each -> lines.add(field("", each)));
        });
    for (String time : List.of("submitted", "started", "updated", "finished")) {
      json.optionalText(time + "At").ifPresent(at -> lines.add(field(time, at)));
    }
    lines.add(field("options", options(json)));
    return lines;
  }

  private static String status(Crawl crawl) {
    return "%s, %s of %d URLs"
        .formatted(crawl.status(), Words.percent(crawl.progress()), crawl.total());
  }

  private static String trouble(JsonObject host) {
    String line = "%s %s: %s".formatted(host.text("host"), host.text("state"), host.text("reason"));
    return host.optionalText("until").map(time -> line + ", tried again at " + time).orElse(line);
  }

  /** Lists are left to the JSON. */
  private static String options(JsonObject json) {
    return json.scalars("options").entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String field(String name, Object value) {
    return String.format(Locale.ROOT, "%-10s %s", name, value);
  }
}
