package io.fcrawler.worker.politeness;

import java.time.Duration;

/** A host is to be left alone for longer than a lane should wait with a URL in its hands. */
public final class HostPausedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration left;
  private final Duration asked;
  private final String reason;

  HostPausedException(Duration left, Duration asked, String reason) {
    super(
        "paused for " + left + ": " + reason, null, false, false); // no failure: it needs no trace
    this.left = left;
    this.asked = asked;
    this.reason = reason;
  }

  /** How long from now on. */
  public Duration left() {
    return left;
  }

  /** What of it the host asked for, of whomever; zero for nothing. */
  public Duration asked() {
    return asked;
  }

  /** Why the host failed last; empty where this worker doesn't know. */
  public String reason() {
    return reason;
  }
}
