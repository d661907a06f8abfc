package io.fcrawler.worker.lane;

import io.fcrawler.store.Outcome;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of what lanes did, for Prometheus. */
public final class LaneMetrics {
  private final MeterRegistry registry;
  private final Timer fetches;
  private final Counter bytes;
  private final AtomicInteger underWay = new AtomicInteger();

  public LaneMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.fetches =
        Timer.builder("fcrawler.fetch").description("Time of a fetch").register(registry);
    this.bytes =
        Counter.builder("fcrawler.fetch.bytes")
            .description("Bytes of bodies received")
            .register(registry);
    registry.gauge("fcrawler.fetch.under.way", underWay);
  }

  void fetching() {
    underWay.incrementAndGet();
  }

  void fetchOver() {
    underWay.decrementAndGet();
  }

  void fetched(FetchOutcome outcome) {
    fetches.record(outcome.elapsed());
    if (outcome instanceof FetchOutcome.Fetched fetched) {
      bytes.increment((double) fetched.bytesReceived());
    }
  }

  /** Counts a visit by what is settled: crawled, failed, excluded, retry, withdrawn. */
  void visited(Outcome outcome) {
    visits(outcome.getClass()).increment();
  }

  private Counter visits(Class<? extends Outcome> outcome) {
    String kind = outcome.getSimpleName().toLowerCase(Locale.ROOT);
    return registry.counter("fcrawler.visits", "outcome", kind);
  }

  /** Pages crawled or failed so far. */
  public long pages() {
    return (long) (visits(Outcome.Crawled.class).count() + visits(Outcome.Failed.class).count());
  }

  /** Requests under way. */
  public int underWay() {
    return underWay.get();
  }
}
