package io.fcrawler.worker.politeness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** The gates of all hosts that this worker asks. Thread-safe. */
public final class HostGates {
  /** Longer than any delay, so that a gate is only forgotten when it would be open. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  /** A host has one gate as long as anybody holds it, ... */
  private final LoadingCache<String, HostGate> gates;

  /** ... and for a while after that. */
  private final Cache<String, HostGate> kept;

  private final LongSupplier nanos;
  private final int patience;
  private final ToLongFunction<String> ownedSinceNs;

  /**
   * Makes the gates.
   *
   * @param nanos the monotonic clock, ns
   * @param adaptive of every host
   * @param patience URLs that may fail in a row before a crawl leaves their host alone for a moment
   * @param ownedSinceNs since when this worker alone asks a host, on that clock
   */
  public HostGates(
      LongSupplier nanos,
      AdaptiveDelay adaptive,
      int patience,
      ToLongFunction<String> ownedSinceNs) {
    this.nanos = nanos;
    this.patience = patience;
    this.ownedSinceNs = ownedSinceNs;
    gates =
        Caffeine.newBuilder()
            .weakValues()
            .build(host -> new HostGate(nanos, adaptive, ownedSinceNs.applyAsLong(host)));
    kept = Caffeine.newBuilder().expireAfterAccess(REMEMBERED).ticker(nanos::getAsLong).build();
  }

  /** The gate of a host, or of its lanes of one number; others asked it while it was theirs. */
  public HostGate of(String host) {
    HostGate gate = gates.get(host);
    kept.put(host, gate);
    gate.askedUntil(ownedSinceNs.applyAsLong(host));
    return gate;
  }

  /** Says that a gate was used until now. */
  public void used(String host, HostGate gate) {
    kept.put(host, gate);
  }

  /** For one crawl and one host, which is well. */
  public HostTrouble noTrouble() {
    return new HostTrouble(nanos, patience);
  }

  /** Lets nobody ask a host as long as it asked for, where this worker has to do with it. */
  public void pause(String host, Duration asked) {
    if (asked.isZero()) {
      return;
    }
    Optional.ofNullable(gates.getIfPresent(host)).ifPresent(gate -> gate.pause(asked, ""));
  }
}
