package io.fcrawler.worker.robots;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the crawl-delay, which is no part of RFC 9309: it holds for the user-agent lines right
 * before it, and does not end a group of rules, as other lines that Google does not know. Of
 * several the longest counts. crawler-commons takes the first of a group and the shortest of all.
 */
final class CrawlDelay {
  private static final String ALL = "*";

  /** Seconds; digits and a point are what all agree on. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+");

  private static final double NANOS = 1e9;

  private CrawlDelay() {}

  /**
   * The delay for a crawler; that for all where no group is the crawler's own.
   *
   * @param longest the cap on it
   */
  static Optional<Duration> of(List<RobotsLine> lines, String productToken, Duration longest) {
    Set<String> known = new HashSet<>();
    Set<String> current = new HashSet<>();
    Map<String, Duration> delays = new HashMap<>();
    boolean listing = false;
    for (RobotsLine line : lines) {
      boolean name = line.kind() == RobotsLine.Kind.USER_AGENT;
      if (name && !listing) {
        current.clear();
      }
      listing = name;
      if (name && (line.names(productToken) || line.namesAll())) {
        String named = line.namesAll() ? ALL : productToken;
        current.add(named);
        known.add(named);
      } else if (line.kind() == RobotsLine.Kind.CRAWL_DELAY) {
        seconds(line.value(), longest)
            .ifPresent(delay -> current.forEach(of -> delays.merge(of, delay, CrawlDelay::longer)));
      }
    }
    return Optional.ofNullable(delays.get(known.contains(productToken) ? productToken : ALL));
  }

  private static Optional<Duration> seconds(String value, Duration longest) {
    if (!SECONDS.matcher(value).matches()) {
      return Optional.empty();
    }
    double capped = Math.min(Double.parseDouble(value), longest.toNanos() / NANOS);
    Duration delay = Duration.ofNanos(Math.round(capped * NANOS));
    return delay.isZero() ? Optional.empty() : Optional.of(delay);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
