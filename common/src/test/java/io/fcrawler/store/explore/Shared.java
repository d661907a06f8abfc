package io.fcrawler.store.explore;

import java.util.HashMap;
import java.util.Map;

/** A value of which there is one object in a {@link Pool}: compared by identity, so at no cost. */
final class Shared<T> {
  private final T value;

  private Shared(T value) {
    this.value = value;
  }

  T value() {
    return value;
  }

  /** The shared values of one type. */
  static final class Pool<T> {
    private final Map<T, Shared<T>> all = new HashMap<>();

    Shared<T> of(T value) {
      return all.computeIfAbsent(value, Shared::new);
    }

    int size() {
      return all.size();
    }
  }
}
