package io.fcrawler.worker.torture;

/**
 * What must become of a URL.
 *
 * @param result crawled, redirected, failed or excluded
 * @param reason of a failure or exclusion; else empty
 * @param leastAttempts requests that a failure must have counted
 * @param mostAttempts requests that the URL may cost
 * @param links that the page has; {@link #ANY} where it does not matter
 * @param truncated whether its body or its links are cut
 */
public record Expected(
    String result,
    String reason,
    int leastAttempts,
    int mostAttempts,
    int links,
    boolean truncated) {
  /** Attempts of a failure that may pass. */
  public static final int ATTEMPTS = 3;

  static final int ANY = -1;

  /** A document; a kept connection that was spoilt by another route may cost requests. */
  static Expected crawled() {
    return new Expected("crawled", "", 0, ATTEMPTS, ANY, false);
  }

  static Expected redirected() {
    return new Expected("redirected", "", 0, ATTEMPTS, ANY, false);
  }

  /** Given up after all attempts. */
  static Expected retried(String reason) {
    return new Expected("failed", reason, ATTEMPTS, ATTEMPTS, ANY, false);
  }

  /** Given up at the first answer; the connection on which it came may have been spoilt. */
  static Expected last(String reason) {
    return new Expected("failed", reason, 1, ATTEMPTS, ANY, false);
  }

  static Expected excluded(String reason) {
    return new Expected("excluded", reason, 0, 0, ANY, false);
  }

  Expected links(int number) {
    return new Expected(result, reason, leastAttempts, mostAttempts, number, truncated);
  }

  Expected cut() {
    return new Expected(result, reason, leastAttempts, mostAttempts, links, true);
  }

  boolean isFailed() {
    return result.equals("failed");
  }
}
