package io.fcrawler.cli.api;

import java.util.Optional;
import java.util.Set;

/** A crawl as the API shows it; what is absent or not known is empty. */
public record Crawl(JsonObject json) {
  private static final Set<String> FINISHED = Set.of("done", "cancelled");

  public String seed() {
    return json.text("seed");
  }

  public String crawlId() {
    return json.text("crawlId");
  }

  public String status() {
    return json.text("status");
  }

  public boolean finished() {
    return FINISHED.contains(status());
  }

  public long total() {
    return json.number("total");
  }

  public long crawled() {
    return json.number("crawled");
  }

  public long failed() {
    return json.number("failed");
  }

  public long pending() {
    return json.number("pending");
  }

  public long inFlight() {
    return json.number("inFlight");
  }

  public long excluded() {
    return json.number("excluded");
  }

  /** From 0 to 1. */
  public double progress() {
    return json.optionalNumber("progress").map(Number::doubleValue).orElse(0.0);
  }

  public Optional<Double> pagesPerSecond() {
    return json.optionalNumber("pagesPerSecond").map(Number::doubleValue);
  }

  public Optional<Long> etaSeconds() {
    return json.optionalNumber("etaSeconds").map(Number::longValue);
  }
}
