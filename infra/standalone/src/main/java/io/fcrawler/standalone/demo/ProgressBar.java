package io.fcrawler.standalone.demo;

import java.util.Locale;

/** One line that shows how far a crawl is, in ASCII alone. */
final class ProgressBar {
  private static final int LEAST_CELLS = 10;
  private static final int MOST_CELLS = 40;

  private ProgressBar() {}

  /** A line without the bar itself, for logs. */
  static String plain(Progress progress) {
    return "%3d %%  %s".formatted(percent(progress), numbers(progress));
  }

  /** A line that fits a terminal of so many columns. */
  static String live(Progress progress, int columns) {
    String rest = " " + plain(progress);
    int cells = Math.clamp(columns - 3L - rest.length(), LEAST_CELLS, MOST_CELLS);
    int full = (int) (progress.progress() * cells);
    String bar = "[" + "#".repeat(full) + ".".repeat(cells - full) + "]" + rest;
    return bar.substring(0, Math.clamp(columns - 1L, 0, bar.length()));
  }

  private static int percent(Progress progress) {
    return (int) (progress.progress() * 100);
  }

  private static String numbers(Progress progress) {
    return "%d of %d crawled, %d failed, %s"
        .formatted(
            progress.crawled(), progress.total(), progress.failed(), bytes(progress.bytes()));
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
