package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import java.time.Duration;

/** News of a seed, which may get lost. */
public sealed interface Announcement {
  Seed seed();

  /** A lane was opened or released, or has entries again after it had none. */
  record LaneReady(Seed seed, Lane lane) implements Announcement {}

  /** The crawl was paused, resumed or cancelled. */
  record CrawlChanged(Seed seed) implements Announcement {}

  /**
   * A host whose lanes are spread over workers is to be left alone for a while.
   *
   * @param asked what of it the host asked for, of whomever; zero for nothing
   */
  record HostPaused(Seed seed, String host, Duration pause, Duration asked)
      implements Announcement {}
}
