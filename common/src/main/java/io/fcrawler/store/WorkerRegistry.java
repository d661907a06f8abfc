package io.fcrawler.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What workers say of themselves, for people to look at; decides nothing. Thread-safe; throws as
 * {@link CrawlStore} does.
 */
public interface WorkerRegistry {
  /** How long a worker that is silent is remembered. */
  Duration REMEMBERED = Duration.ofHours(24);

  /** Takes the place of the worker's report before. */
  void report(WorkerReport report);

  /** Forgets a worker; one that lives is listed again by its next report. */
  void remove(String workerId);

  /** The last report of each worker that is remembered, in no order. */
  List<WorkerReport> all();

  /** The ids of all workers of which anything is left, listed or not. It goes over all keys. */
  Set<String> discover();

  /** The last reports of some workers by their ids; one without a report is absent. */
  Map<String, WorkerReport> reports(Collection<String> workerIds);
}
