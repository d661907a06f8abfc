package io.fcrawler.worker.lane;

import io.fcrawler.worker.fetch.FetchOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** Counts of what lanes did, for Prometheus. */
public final class LaneMetrics {
  private final MeterRegistry registry;
  private final Timer fetches;
  private final Counter bytes;

  public LaneMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.fetches =
        Timer.builder("fcrawler.fetch").description("Time of a fetch").register(registry);
    this.bytes =
        Counter.builder("fcrawler.fetch.bytes")
            .description("Bytes of bodies received")
            .register(registry);
  }

  void fetched(FetchOutcome outcome) {
    fetches.record(outcome.elapsed());
    if (outcome instanceof FetchOutcome.Fetched fetched) {
      bytes.increment((double) fetched.bytesReceived());
    }
  }

  /** Counts a visit by what is settled: crawled, failed, excluded, retry, withdrawn. */
  void visited(Object outcome) {
    String kind = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    registry.counter("fcrawler.visits", "outcome", kind).increment();
  }
}
