package io.fcrawler.store.memory;

import io.fcrawler.store.HostPatience;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.TroubledHost.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is held against a host.
 *
 * @param notBefore when it may be asked again
 * @param failures URLs in a row whose first attempt failed
 * @param waited pauses meanwhile
 * @param reason of the last failure
 * @param askedUntil until when it asked to be left alone
 */
record HostRecord(
    Instant notBefore,
    int failures,
    Duration waited,
    State state,
    String reason,
    Instant askedUntil) {
  static final HostRecord WELL =
      new HostRecord(Instant.EPOCH, 0, Duration.ZERO, State.FAILING, "-", Instant.EPOCH);

  private static final int MOST_DOUBLINGS = 30;

  /** After it answered: what it asked for itself is left. */
  HostRecord answered() {
    return new HostRecord(askedUntil, 0, Duration.ZERO, State.WAITING, reason, askedUntil);
  }

  /** After it failed. A request that was under way before the pause doesn't count. */
  HostRecord failed(Troubled report, Instant now, HostPatience patience) {
    boolean counts = report.counts() && !notBefore.isAfter(now);
    int inARow = counts ? failures + 1 : failures;
    boolean failing = inARow >= patience.failures();
    Duration pause =
        counts && failing ? longer(report.pause(), backOff(inARow, patience)) : report.pause();
    Instant end = now.plus(pause);
    Instant begin = notBefore.isAfter(now) ? notBefore : now;
    Duration all =
        inARow > 0 && end.isAfter(begin) ? waited.plus(Duration.between(begin, end)) : waited;
    return new HostRecord(
        later(end, notBefore),
        inARow,
        all,
        state(counts && failing, failing, later(end, notBefore).isAfter(now), pause, all, patience),
        report.reason().isEmpty() ? reason : report.reason(),
        report.pause().isPositive() ? later(now.plus(report.pause()), askedUntil) : askedUntil);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private State state(
      boolean backedOff,
      boolean failing,
      boolean waits,
      Duration pause,
      Duration all,
      HostPatience patience) {
    if (failing && all.compareTo(patience.giveUp()) >= 0) {
      return State.GIVEN_UP;
    } else if (backedOff) {
      return pause.compareTo(patience.longestPause()) >= 0 ? State.PARKED : State.BACKED_OFF;
    }
    if (failing) {
      return state;
    }
    return waits ? State.WAITING : State.FAILING;
  }

  private static Duration backOff(int inARow, HostPatience patience) {
    int doublings = Math.min(MOST_DOUBLINGS, inARow - patience.failures());
    Duration pause = HostPatience.FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(patience.longestPause()) < 0 ? pause : patience.longestPause();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Whether there is anything to remember. */
  boolean matters(Instant now) {
    return failures > 0 || notBefore.isAfter(now);
  }

  /** Whether it is to be left alone for longer than by another record. */
  boolean isLater(HostRecord before, Instant now) {
    boolean later = notBefore.isAfter(now) && notBefore.isAfter(before.notBefore);
    return later || askedUntil.isAfter(before.askedUntil);
  }

  HostStanding standing() {
    if (state == State.GIVEN_UP) {
      return HostStanding.GIVEN_UP;
    }
    return failures > 0 ? HostStanding.TROUBLED : HostStanding.WELL;
  }

  /** How long it is to be left alone; zero where it may be asked. */
  Duration pause(Instant now) {
    boolean waits = state != State.GIVEN_UP && notBefore.isAfter(now);
    return waits ? Duration.between(now, notBefore) : Duration.ZERO;
  }

  /** How much of that it asked for. */
  Duration asked(Instant now) {
    return askedUntil.isAfter(now) ? Duration.between(now, askedUntil) : Duration.ZERO;
  }

  TroubledHost shown(String host, Instant now) {
    Optional<Instant> until = Optional.of(notBefore).filter(_ -> pause(now).isPositive());
    return new TroubledHost(host, state, reason, failures, until);
  }
}
