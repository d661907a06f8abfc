package io.fcrawler.worker.politeness;

import java.time.Duration;

/**
 * The part of a host's delay that follows how the host fares: so many times its response time, from
 * {@code least} on (below, it counts as none) and up to {@code most}. The response time is from the
 * request's header to the answer's first byte, each weighing a quarter against those before.
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

    private long responseNs = -1;
    private long throttleNs;

    void answered(long tookNs) {
      responseNs = responseNs < 0 ? tookNs : responseNs + (tookNs - responseNs) / 4;
      throttleNs = throttleNs < SLIGHT_NS ? 0 : throttleNs - throttleNs / 4;
    }

    void throttled() {
      throttleNs = Math.clamp(2 * throttleNs, LEAST_THROTTLE_NS, MOST_THROTTLE_NS);
    }

    /** The delay, ns. */
    long delayNs() {
      long slowNs = times * Math.max(0, responseNs);
      long askedNs = slowNs < least.toNanos() ? throttleNs : Math.max(slowNs, throttleNs);
      return times == 0 ? 0 : Math.min(askedNs, most.toNanos());
    }
  }
}
