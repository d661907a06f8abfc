package io.fcrawler.standalone.demo;

import io.fcrawler.client.Crawl;
import java.util.Locale;

/** One line that shows how far a crawl is, in ASCII alone. */
final class ProgressBar {
  private static final int LEAST_CELLS = 10;
  private static final int MOST_CELLS = 40;

  private ProgressBar() {}

  /** A line without the bar itself, for logs. */
  static String plain(Crawl crawl) {
    return "%3d %%  %s".formatted(percent(crawl), numbers(crawl));
  }

  /** A line that fits a terminal of so many columns. */
  static String live(Crawl crawl, int columns) {
    String rest = " " + plain(crawl);
    int cells = Math.clamp(columns - 3L - rest.length(), LEAST_CELLS, MOST_CELLS);
    int full = (int) (crawl.progress() * cells);
    String bar = "[" + "#".repeat(full) + ".".repeat(cells - full) + "]" + rest;
    return bar.substring(0, Math.clamp(columns - 1L, 0, bar.length()));
  }

  private static int percent(Crawl crawl) {
    return (int) (crawl.progress() * 100);
  }

  private static String numbers(Crawl crawl) {
    return "%d of %d crawled, %d failed, %s"
        .formatted(crawl.crawled(), crawl.total(), crawl.failed(), bytes(crawl.bytes()));
  }

  /** A size in decimal units: 999 B, 1.5 kB. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
