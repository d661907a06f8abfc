package io.fcrawler.worker.politeness;

import java.time.Duration;

/**
 * The part of a host's delay that follows how the host fares: so many times its response time, from
 * {@code least} on (below, it counts as none) and up to {@code most}. The response time, from the
 * request's header to the answer's first byte, is the shorter of the last two: one slow answer says
 * something of a page, two something of the host.
 *
 * <p>A host that answers 429 (too many requests) gets a delay of its own, a quarter of a second at
 * first, twice as much with each further one, up to four seconds; each answer after that takes a
 * quarter of it away.
 *
 * @param times 0 for no such delay at all
 */
public record AdaptiveDelay(int times, Duration least, Duration most) {
  public static final AdaptiveDelay DEFAULT =
      new AdaptiveDelay(1, Duration.ofSeconds(1), Duration.ofSeconds(30));

  public static final AdaptiveDelay NONE = new AdaptiveDelay(0, Duration.ZERO, Duration.ZERO);

  /** How a host fares. Guarded by its gate's lock. */
  final class Pace {
    private static final long LEAST_THROTTLE_NS = Duration.ofMillis(250).toNanos();
    private static final long MOST_THROTTLE_NS = Duration.ofSeconds(4).toNanos();
    private static final long SLIGHT_NS = Duration.ofMillis(10).toNanos();

    private long lastNs;
    private long responseNs;
    private long throttleNs;

    void answered(long tookNs) {
      responseNs = Math.min(lastNs, tookNs);
      lastNs = tookNs;
      throttleNs = throttleNs < SLIGHT_NS ? 0 : throttleNs - throttleNs / 4;
    }

    void throttled() {
      throttleNs = Math.clamp(2 * throttleNs, LEAST_THROTTLE_NS, MOST_THROTTLE_NS);
    }

    /** The delay, ns. */
    long delayNs() {
      long slowNs = times * responseNs;
      long askedNs = slowNs < least.toNanos() ? throttleNs : Math.max(slowNs, throttleNs);
      return times == 0 ? 0 : Math.min(askedNs, most.toNanos());
    }
  }
}
