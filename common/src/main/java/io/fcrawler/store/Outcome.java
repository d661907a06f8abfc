package io.fcrawler.store;

import java.time.Duration;

/** What became of a claimed entry. */
public sealed interface Outcome {
  /** The fingerprint of the entry, which must still be in flight. */
  long fingerprint();

  /**
   * A final answer (2xx, 304, a redirect): counted as crawled.
   *
   * @param bytes of the body as received
   */
  record Crawled(long fingerprint, long bytes) implements Outcome {}

  /**
   * Given up: counted as failed and listed.
   *
   * @param httpStatus 0 where there was no answer
   * @param attempts requests made
   */
  record Failed(
      long fingerprint, String url, String reason, int httpStatus, int attempts, String referrer)
      implements Outcome {}

  /** Kept out, as by robots.txt: leaves the total, counted as excluded and listed. */
  record Excluded(long fingerprint, String url, String reason) implements Outcome {}

  /** A transient failure: {@code next} waits for {@code delay}, then is claimed again. */
  record Retry(Entry next, Duration delay) implements Outcome {
    @Override
    public long fingerprint() {
      return next.fingerprint();
    }
  }

  /**
   * Never a URL of this site: the https form of a start page given without a scheme, where only
   * http answers. Leaves the total and the dedupe set; the http form comes as a link.
   */
  record Withdrawn(long fingerprint) implements Outcome {}
}
