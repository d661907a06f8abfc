package io.fcrawler.store.memory;

/**
 * The counters of a crawl.
 *
 * @param bytes of bodies received
 */
record Counters(long total, long crawled, long failed, long excluded, long bytes) {
  static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

  long pending() {
    return total - crawled - failed;
  }

  /** URLs with a final answer, or given up. */
  long ended() {
    return crawled + failed;
  }

  Counters admit() {
    return new Counters(total + 1, crawled, failed, excluded, bytes);
  }

  Counters withdraw() {
    return new Counters(total - 1, crawled, failed, excluded, bytes);
  }

  Counters crawl(long received) {
    return new Counters(total, crawled + 1, failed, excluded, bytes + received);
  }

  Counters fail() {
    return new Counters(total, crawled, failed + 1, excluded, bytes);
  }

  Counters lift() {
    return new Counters(total, crawled, failed, excluded - 1, bytes);
  }

  Counters exclude() {
    return new Counters(total, crawled, failed, excluded + 1, bytes);
  }
}
