package io.fcrawler.store;

import java.util.List;
import java.util.Optional;

/**
 * Part of a listing.
 *
 * @param cursor where to go on; empty at the end
 */
public record ListPage<T>(List<T> items, Optional<String> cursor) {
  public ListPage {
    items = List.copyOf(items);
  }

  /** A listing of nothing. */
  public static <T> ListPage<T> empty() {
    return new ListPage<>(List.of(), Optional.empty());
  }
}
