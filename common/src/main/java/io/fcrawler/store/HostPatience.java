package io.fcrawler.store;

import java.time.Duration;

/**
 * How long a crawl bears with a host that fails. After {@code failures} URLs in a row whose first
 * attempt failed, the host is left alone for {@link #FIRST_PAUSE}, then one URL of each lane is
 * tried, and each further failure doubles the pause.
 *
 * @param failures at least 1
 * @param longestPause of a host that is then called parked: it is tried that often
 * @param giveUp the pauses in all after which the host's URLs fail
 */
public record HostPatience(int failures, Duration longestPause, Duration giveUp) {
  /** As in {@code turn.lua}. */
  public static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  public static final HostPatience DEFAULT =
      new HostPatience(10, Duration.ofMinutes(5), Duration.ofHours(1));
}
