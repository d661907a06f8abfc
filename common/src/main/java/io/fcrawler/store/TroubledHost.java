package io.fcrawler.store;

import java.time.Instant;
import java.util.Comparator;
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
  /** Those that hold up most first, and by their names. */
  public static final Comparator<TroubledHost> ORDER =
      Comparator.comparing(TroubledHost::state).thenComparing(TroubledHost::host);

  /** What is done about it. */
  public enum State {
    /** It is tried at the longest interval. */
    PARKED,
    /** It is tried at growing intervals. */
    BACKED_OFF,
    /** It asked to be left alone, as by Retry-After. */
    WAITING,
    /** Its last URL failed. */
    FAILING,
    /** Its URLs fail. */
    GIVEN_UP;

    /** The state as users read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
