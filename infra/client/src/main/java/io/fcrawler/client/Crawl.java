package io.fcrawler.client;

import java.time.Duration;
import java.time.Instant;
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

  /** Of bodies received. */
  public long bytes() {
    return json.number("bytes");
  }

  /** Whether every URL is settled, and counted once. */
  public boolean addsUp() {
    return total() == crawled() + failed() && pending() == 0;
  }

  /** From the first claim to the last settlement; zero while one of them is ahead. */
  public Duration took() {
    Optional<Instant> from = json.optionalText("startedAt").map(Instant::parse);
    Optional<Instant> to = json.optionalText("finishedAt").map(Instant::parse);
    return from.isPresent() && to.isPresent()
        ? Duration.between(from.get(), to.get())
        : Duration.ZERO;
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
