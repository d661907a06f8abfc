package io.fcrawler.worker.session;

/** How a session ended. */
public enum SessionEnd {
  /** The crawl is over, or another one took its place. */
  GONE,
  /** What the session knew is void; another one may begin, and fetch again what was in flight. */
  DROPPED,
  /** All of its lanes were released. */
  RELEASED
}
