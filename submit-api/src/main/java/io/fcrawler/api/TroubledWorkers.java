package io.fcrawler.api;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.WorkerReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * Workers that live, and claim nothing as they cannot do their work; read once a second at the
 * most. Thread-safe.
 */
final class TroubledWorkers {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MOST = 20;

  private final Supplier<List<WorkerReport>> read;

  TroubledWorkers(CrawlStore store, InstantSource clock) {
    read = Suppliers.memoizeWithExpiration(() -> read(store, clock), FRESH);
  }

  private static List<WorkerReport> read(CrawlStore store, InstantSource clock) {
    return store.workers().all().stream()
        .filter(worker -> worker.problem().isPresent() && worker.alive(clock.instant()))
        .sorted(Comparator.comparing(WorkerReport::id))
        .limit(MOST)
        .toList();
  }

  /** At most 20 of them, by their ids. */
  List<WorkerReport> get() {
    return read.get();
  }
}
