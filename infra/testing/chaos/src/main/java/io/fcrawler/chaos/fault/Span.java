package io.fcrawler.chaos.fault;

import java.time.Duration;

/**
 * The time in which a fault may have made work vain. Of {@link System#nanoTime}.
 *
 * @param what for the reader
 * @param fromNs requests that ended before are none of its doing
 * @param toNs requests that began later are none of its doing
 */
public record Span(String what, long fromNs, long toNs) {
  /** Whether a request between these times may have been in vain. */
  public boolean excuses(long beganNs, long endedNs) {
    return endedNs - fromNs >= 0 && beganNs - toNs <= 0;
  }

  /** The same, longer at both ends. */
  Span wider(long ns) {
    return new Span(what, fromNs - ns, toNs + ns);
  }

  /** So much earlier. */
  public static long before(long ns, Duration duration) {
    return ns - duration.toNanos();
  }
}
