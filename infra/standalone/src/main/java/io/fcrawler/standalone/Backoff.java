package io.fcrawler.standalone;

import java.time.Duration;

/** The waits before a part is started again: doubling, and short again after a healthy minute. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration HEALTHY = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /**
   * How long to wait now.
   *
   * @param up how long the part that just ended had run
   */
  Duration after(Duration up) {
    if (up.compareTo(HEALTHY) >= 0) {
      next = FIRST;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return wait;
  }
}
