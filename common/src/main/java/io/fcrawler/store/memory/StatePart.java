package io.fcrawler.store.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mutable part of the state that is compared by its content. */
abstract class StatePart {
  /** All of the content, as values. */
  abstract List<?> content();

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof StatePart part
        && getClass() == part.getClass()
        && content().equals(part.content());
  }

  @Override
  public final int hashCode() {
    return content().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + content();
  }
}
