package io.fcrawler.cli.text;

import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them. */
public final class Words {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private Words() {}

  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double amount = bytes / 1024.0;
    int unit = 0;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** Rounded down, so that 100 % means all. */
  public static String percent(double progress) {
    return (int) (progress * 100) + "%";
  }

  public static String rate(double pagesPerSecond) {
    return String.format(Locale.ROOT, "%.1f/s", pagesPerSecond);
  }

  /** As 0:07, 12:30, or 3:05:00. */
  public static String time(long seconds) {
    long minutes = seconds / 60;
    return minutes < 60
        ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, seconds % 60);
  }

  /** A dash where it is not known. */
  public static String orDash(Optional<String> text) {
    return text.orElse("-");
  }

  /** At most so long; what is cut is shown by dots. */
  public static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 2)) + "..";
  }
}
