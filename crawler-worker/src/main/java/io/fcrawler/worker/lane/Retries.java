package io.fcrawler.worker.lane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How transient failures are retried: with exponential back-off and full jitter on its second half.
 *
 * @param most retries of a URL
 * @param first the delay before the first retry; it triples with each further one
 */
public record Retries(int most, Duration first) {
  private static final int FACTOR = 3;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  boolean again(int retries) {
    return retries < most;
  }

  /** The delay before the next try, after {@code retries} of them. */
  Duration delay(int retries, RandomGenerator random) {
    double ms = first.toMillis() * Math.pow(FACTOR, retries);
    double capped = Math.min(ms, (double) LONGEST.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.75 + random.nextDouble() / 2)));
  }
}
