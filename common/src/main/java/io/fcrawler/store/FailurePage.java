package io.fcrawler.store;

import java.util.List;
import java.util.Optional;

/**
 * Part of a listing.
 *
 * @param cursor where to go on; empty at the end
 */
public record FailurePage(List<Failure> failures, Optional<String> cursor) {
  public FailurePage {
    failures = List.copyOf(failures);
  }
}
