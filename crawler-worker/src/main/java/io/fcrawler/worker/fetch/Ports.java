package io.fcrawler.worker.fetch;

import com.google.common.base.Splitter;
import io.fcrawler.seed.BadInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports that may be connected to.
 *
 * @param ranges any of which a port must be in
 */
public record Ports(List<Range> ranges) {
  private static final int MOST = 65_535;

  /** All of them. */
  public static final Ports ANY = new Ports(List.of(new Range(1, MOST)));

  private static final String FIELD = "FCRAWLER_ALLOW_PORTS";
  private static final Splitter ENTRIES = Splitter.on(',').trimResults().omitEmptyStrings();

  /** Ports in a row, both ends among them. */
  public record Range(int first, int last) {}

  public Ports {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads a comma-separated list of ports and ranges: {@code 80,443,8000-8999}.
   *
   * @throws BadInputException where an entry is neither
   */
  public static Ports parse(String list) {
    List<Range> ranges = new ArrayList<>();
    for (String entry : ENTRIES.split(list)) {
      int dash = entry.indexOf('-');
      int first = port(dash < 0 ? entry : entry.substring(0, dash), entry);
      int last = dash < 0 ? first : port(entry.substring(dash + 1), entry);
      if (first > last) {
        throw wrong(entry);
      }
      ranges.add(new Range(first, last));
    }
    if (ranges.isEmpty()) {
      throw wrong("an empty list");
    }
    return new Ports(ranges);
  }

  private static int port(String text, String entry) {
    int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw wrong(entry);
    }
    return number;
  }

  private static BadInputException wrong(String entry) {
    return new BadInputException(
        FIELD,
        FIELD + " takes ports from 1 to 65535 and ranges, as in 80,443,8000-8999; not " + entry);
  }

  boolean contain(int port) {
    return ranges.stream().anyMatch(range -> range.first() <= port && port <= range.last());
  }
}
