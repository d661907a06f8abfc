package io.fcrawler.jmh;

import java.util.List;

/** Items that come round for ever, in order. Not thread-safe. */
final class Cycle<T> {
  private final List<T> items;
  private int next;

  /**
   * @param items at least one
   */
  Cycle(List<T> items) {
    this.items = List.copyOf(items);
  }

  T next() {
    int at = next;
    next = at + 1 == items.size() ? 0 : at + 1;
    return items.get(at);
  }
}
