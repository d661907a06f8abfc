package io.fcrawler.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Part of a listing.
 *
 * @param cursor where to go on; empty at the end
 */
public record ListPage<T>(List<T> items, Optional<String> cursor) {
  public ListPage {
    items = List.copyOf(items);
  }

  /**
   * The part that has at most {@code limit} items.
   *
   * @param found these, and one more where the listing goes on
   */
  public static <T> ListPage<T> of(List<T> found, int limit, Function<T, String> url) {
    if (found.size() <= limit) {
      return new ListPage<>(found, Optional.empty());
    }
    return new ListPage<>(found.subList(0, limit), Optional.of(url.apply(found.get(limit - 1))));
  }

  /** A listing of nothing. */
  public static <T> ListPage<T> empty() {
    return new ListPage<>(List.of(), Optional.empty());
  }
}
