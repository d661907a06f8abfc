package io.fcrawler.store;

import java.time.Duration;
import java.time.Instant;

/**
 * What was noted when the store was found empty beside a log of commands that is older than it: all
 * crawls begin anew. Until its rest is over no site is asked, so that people can prevent it.
 *
 * @param age time since it was found
 * @param waits whether the rest lasts until somebody ends it
 * @param left of the rest, zero where it is over or waits
 * @param commands in the log that are older than the store
 * @param oldest when the oldest of them was given
 */
public record EmptyState(
    Duration age, boolean waits, Duration left, long commands, Instant oldest) {
  /** Whether no site may be asked. */
  public boolean rests() {
    return waits || left.isPositive();
  }
}
