package io.fcrawler.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A host that holds up its part of a crawl.
 *
 * @param reason of the last failure
 * @param failures URLs in a row whose first attempt failed
 * @param until when the host is tried again; empty where that is now, or never
 */
public record TroubledHost(
    String host, State state, String reason, int failures, Optional<Instant> until) {
  /** What is done about it. */
  public enum State {
    /** Its last URL failed, and is retried. */
    FAILING,
    /** It asked to be left alone, as by Retry-After. */
    WAITING,
    /** It is tried at growing intervals. */
    BACKED_OFF,
    /** It is tried at the longest interval. */
    PARKED,
    /** Its URLs fail. */
    GIVEN_UP;

    /** The state as users read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
