package io.fcrawler.api;

import io.fcrawler.seed.Seed;

/** No crawl of the seed is known. */
final class UnknownSeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownSeedException(Seed seed) {
    super("No crawl of %s is known; POST /api/submit begins one.".formatted(seed));
  }
}
