package io.fcrawler.store.memory;

import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Workers in this process; none is ever forgotten but by {@link #remove}. */
final class MemoryWorkerRegistry implements WorkerRegistry {
  private final ConcurrentMap<String, WorkerReport> reports = new ConcurrentHashMap<>();

  @Override
  public void report(WorkerReport report) {
    reports.put(report.id(), report);
  }

  @Override
  public void remove(String workerId) {
    reports.remove(workerId);
  }

  @Override
  public List<WorkerReport> all() {
    return List.copyOf(reports.values());
  }

  @Override
  public Set<String> discover() {
    return Set.copyOf(reports.keySet());
  }

  @Override
  public Map<String, WorkerReport> reports(Collection<String> workerIds) {
    Map<String, WorkerReport> found = new HashMap<>(reports);
    found.keySet().retainAll(Set.copyOf(workerIds));
    return found;
  }
}
