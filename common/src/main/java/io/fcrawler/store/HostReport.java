package io.fcrawler.store;

import java.time.Duration;

/** What a visit says of its host, where that may change how the host is asked from then on. */
public sealed interface HostReport {
  /** The host answers again: whatever was held against it is over, but for what it asked for. */
  record Well() implements HostReport {}

  /**
   * The host did not answer, or said that it cannot.
   *
   * @param reason one word, as failures have it; empty where it is not known any more
   * @param counts whether this was the first attempt at its URL: so one bad page that is retried
   *     says no more of its host than another does
   * @param pause how long the host asked to be left alone; zero where it did not
   */
  record Troubled(String reason, boolean counts, Duration pause) implements HostReport {}
}
