package io.fcrawler.seed;

import java.util.List;

/**
 * What a user may choose for a crawl.
 *
 * @param maxPages most URLs that are admitted; {@value #UNLIMITED} for no limit, else at least 1
 * @param maxDepth most links between the start page and a page; {@value #UNLIMITED} for no limit
 * @param includeSubdomains whether the whole registrable domain is in scope
 * @param delayMs least time between two request starts at a host, 0 to 3,600,000 ms
 * @param connectionsPerHost most requests under way at a host, 1 to 64; also lanes per host
 * @param include patterns (RE2) of which a URL must contain a match of at least one, where any
 *     given; in its normal form or in its readable one ({@link io.fcrawler.url.CrawlUrl#readable})
 * @param exclude patterns (RE2) of which a URL must contain a match of none, in either form
 * @param ignoreRobots whether robots.txt is not asked
 * @param respectNofollow whether links whose {@code rel} says {@code nofollow} are kept out
 */
public record CrawlOptions(
    long maxPages,
    int maxDepth,
    boolean includeSubdomains,
    long delayMs,
    int connectionsPerHost,
    List<String> include,
    List<String> exclude,
    boolean ignoreRobots,
    boolean respectNofollow) {
  public static final int UNLIMITED = -1;
  public static final CrawlOptions DEFAULT =
      new CrawlOptions(UNLIMITED, UNLIMITED, false, 1000, 1, List.of(), List.of(), false);

  /** Options with which links are followed whatever their {@code rel} says. */
  public CrawlOptions(
      long maxPages,
      int maxDepth,
      boolean includeSubdomains,
      long delayMs,
      int connectionsPerHost,
      List<String> include,
      List<String> exclude,
      boolean ignoreRobots) {
    this(
        maxPages,
        maxDepth,
        includeSubdomains,
        delayMs,
        connectionsPerHost,
        include,
        exclude,
        ignoreRobots,
        false);
  }

  public CrawlOptions {
    if (maxPages != UNLIMITED) {
      range("maxPages", maxPages, 1, Long.MAX_VALUE);
    }
    if (maxDepth != UNLIMITED) {
      range("maxDepth", maxDepth, 0, Integer.MAX_VALUE);
    }
    range("delayMs", delayMs, 0, 3_600_000);
    range("connectionsPerHost", connectionsPerHost, 1, 64);
    include = patterns("include", include);
    exclude = patterns("exclude", exclude);
  }

  /** Whether several workers may share a host, where that needs no pacing either. */
  public boolean maySpread() {
    return delayMs == 0 && connectionsPerHost > 1;
  }

  private static void range(String field, long value, long least, long most) {
    if (value < least || value > most) {
      String right = most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
      throw new BadInputException(
          field, field + " must be a whole number " + right + ", not " + value);
    }
  }

  private static List<String> patterns(String field, List<String> patterns) {
    Patterns.check(field, patterns);
    return List.copyOf(patterns);
  }
}
