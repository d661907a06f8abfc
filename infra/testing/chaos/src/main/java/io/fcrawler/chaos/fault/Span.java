package io.fcrawler.chaos.fault;

import java.time.Duration;

/**
 * The time in which a fault may have made work vain. Of {@link System#nanoTime}.
 *
 * @param what for the reader
 * @param fromNs requests that ended before are none of its doing
 * @param toNs requests that began later are none of its doing
 * @param most requests that may have been made again for its sake
 */
public record Span(String what, long fromNs, long toNs, long most) {
  /** One that may have made any number of requests vain. */
  public Span(String what, long fromNs, long toNs) {
    this(what, fromNs, toNs, Long.MAX_VALUE);
  }

  /** Whether a request between these times may have been in vain. */
  public boolean excuses(long beganNs, long endedNs) {
    return endedNs - fromNs >= 0 && beganNs - toNs <= 0;
  }

  /** The same, longer at both ends. */
  Span wider(long ns) {
    return new Span(what, fromNs - ns, toNs + ns, most);
  }

  /** So much earlier. */
  public static long before(long ns, Duration duration) {
    return ns - duration.toNanos();
  }
}
