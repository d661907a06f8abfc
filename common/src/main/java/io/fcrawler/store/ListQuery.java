package io.fcrawler.store;

import java.util.Optional;

/**
 * What part of a listing of URLs is asked for.
 *
 * @param limit at least 1
 * @param cursor as the part before gave it; empty for the beginning
 * @param reason of the URLs that are listed; empty for all
 */
public record ListQuery(int limit, Optional<String> cursor, Optional<String> reason) {
  public ListQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("a part of a listing takes at least 1, not " + limit);
    }
  }

  /** Whether a URL with this reason is asked for, or comes after what is. */
  public boolean takes(String url, String itsReason) {
    return cursor.filter(last -> url.compareTo(last) <= 0).isEmpty()
        && reason.filter(only -> !only.equals(itsReason)).isEmpty();
  }

  /** The beginning of the whole listing. */
  public static ListQuery first(int limit) {
    return new ListQuery(limit, Optional.empty(), Optional.empty());
  }

  /** The same, from there on. */
  public ListQuery from(Optional<String> next) {
    return new ListQuery(limit, next, reason);
  }

  /** The same, of those with this reason alone. */
  public ListQuery because(String only) {
    return new ListQuery(limit, cursor, Optional.of(only));
  }
}
