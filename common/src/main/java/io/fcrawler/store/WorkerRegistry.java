package io.fcrawler.store;

import java.time.Duration;
import java.util.List;

/**
 * What workers say of themselves, for people to look at; decides nothing. Thread-safe; throws as
 * {@link CrawlStore} does.
 */
public interface WorkerRegistry {
  /** How long a worker that is silent is remembered. */
  Duration REMEMBERED = Duration.ofHours(24);

  /** Takes the place of the worker's report before. */
  void report(WorkerReport report);

  /** Forgets a worker that ended in order. */
  void remove(String workerId);

  /** The last report of each worker that is remembered, in no order. */
  List<WorkerReport> all();
}
