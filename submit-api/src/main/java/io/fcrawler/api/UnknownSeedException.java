package io.fcrawler.api;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStore;

/** No crawl of the seed is known. */
final class UnknownSeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnknownSeedException(String message) {
    super(message);
  }

  /** Says so too where parts of a crawl are left. */
  static UnknownSeedException of(Seed seed, CrawlStore store) {
    return new UnknownSeedException(
        (store.isNameless(seed)
                ? "The crawl of %s is damaged: its hash meta was deleted from Redis. A worker begins"
                    + " it anew within seconds if it was active in the last day; else POST"
                    + " /api/submit does."
                : "No crawl of %s is known; POST /api/submit begins one.")
            .formatted(seed));
  }
}
