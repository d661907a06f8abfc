package io.fcrawler.store;

import java.time.Duration;
import java.util.Optional;

/**
 * The robots.txt files that workers have fetched, so that none fetches again what another, or the
 * same before its restart, has. It only saves requests: what it does not know, or forgot, is
 * fetched. Thread-safe; answers within seconds, and throws as {@link CrawlStore} does.
 */
public interface RobotsStore {
  /** The longest text that is kept, in bytes (RFC 9309, section 2.5). */
  int MAX_LENGTH = 500 << 10;

  /**
   * The robots.txt of a site, where it is known and its time is not over.
   *
   * @param site scheme and authority, as {@code https://example.com}
   */
  Optional<Copy> get(String site);

  /** Takes the place of what was known; a copy that is too large is not kept. */
  void put(String site, Copy copy);

  /**
   * A robots.txt.
   *
   * @param text as the site sent it; empty where there is none
   * @param left how long it may still be used
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Copy(byte[] text, Duration left) {}
}
