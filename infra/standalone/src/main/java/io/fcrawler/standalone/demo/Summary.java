package io.fcrawler.standalone.demo;

import io.fcrawler.client.Crawl;
import io.fcrawler.client.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A finished crawl in a few lines, beside what it had to be.
 *
 * @param failures the reasons of all URLs that failed
 * @param facts the truth about the site
 */
record Summary(Crawl crawl, List<String> failures, Receipt receipt, SiteFacts facts) {
  Summary {
    failures = List.copyOf(failures);
  }

  /** Whether the numbers agree with each other, with the receipt, and with the site. */
  boolean isRight() {
    return crawl.addsUp()
        && failures.size() == crawl.failed()
        && receipt.isClean()
        && facts.matches(crawl);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(speed());
    lines.add(
        "  total     %d = %d crawled + %d failed"
            .formatted(crawl.total(), crawl.crawled(), crawl.failed()));
    lines.add("  failed    " + reasons());
    lines.add("  excluded  %d, by robots.txt".formatted(crawl.excluded()));
    lines.add("  receipt   " + verdict());
    lines.add("  the site  " + truth());
    return lines;
  }

  private String speed() {
    Duration took = crawl.took();
    double seconds = took.toMillis() / 1000.0;
    return String.format(
        Locale.ROOT,
        "Crawled %s in %.1f s: %.0f pages/s, %s",
        crawl.seed(),
        seconds,
        crawl.total() / Math.max(seconds, 0.001),
        ProgressBar.bytes(crawl.bytes()));
  }

  private String reasons() {
    return failures.isEmpty()
        ? "none"
        : failures.stream()
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ", failures.size() + " = ", ""));
  }

  private String verdict() {
    String differences = String.join("; ", receipt.differences());
    return receipt.isClean()
        ? "clean: %d URLs counted again from what is stored".formatted(receipt.fingerprints())
        : receipt.verdict() + ": " + differences;
  }

  private String truth() {
    return "%s: %d URLs, %d of them errors, and %d disallowed"
        .formatted(
            facts.matches(crawl) ? "has just these" : "DIFFERS",
            facts.total(),
            facts.failing(),
            facts.disallowed());
  }
}
