package io.fcrawler.worker.robots;

import io.fcrawler.worker.fetch.FetchOutcome;

/** What came of fetching a site's robots.txt. */
sealed interface RobotsFile {
  /** The file; empty where the site has none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Text(byte[] body) implements RobotsFile {}

  /** See {@link RobotsAnswer.Unreachable}. */
  record Unreachable(FetchOutcome cause) implements RobotsFile {}
}
