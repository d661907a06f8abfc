package io.fcrawler.worker.torture;

/**
 * What became of a URL.
 *
 * @param links that its record counts; 0 where it has none
 */
public record Outcome(String result, String reason, int attempts, int links, boolean truncated) {

  /** Whether this is what was expected of a URL that was requested so often. */
  boolean meets(Expected expected, long requests) {
    return result.equals(expected.result())
        && reason.equals(expected.reason())
        && attempts >= expected.leastAttempts()
        && attempts <= expected.mostAttempts()
        && requests <= expected.mostAttempts()
        && (expected.links() == Expected.ANY || links == expected.links())
        && truncated == expected.truncated();
  }
}
