package io.fcrawler.store;

import java.util.Optional;

/**
 * Which seeds to list, the latest first by their first submission.
 *
 * @param status as far as it was indexed, which may be some seconds ago; empty for any
 * @param part what a seed's id contains; empty for any
 * @param limit 1 to {@link #MOST}
 * @param after the seed after which to go on; empty to begin
 */
public record SeedQuery(
    Optional<CrawlStatus> status, String part, int limit, Optional<Place> after) {
  /** The most seeds of a page. */
  public static final int MOST = 1000;

  /** Validates. */
  public SeedQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a page has 1 to %d seeds, not %d".formatted(MOST, limit));
    }
  }

  /**
   * A place in the list, whether or not a seed is there any more.
   *
   * @param timeMs when the seed was first submitted, since the epoch
   */
  public record Place(long timeMs, String seed) {}
}
