package io.fcrawler.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.WorkerRegistry;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.worker.lane.LaneMetrics;
import io.fcrawler.worker.own.Ownership;
import io.fcrawler.worker.session.CrawlSession;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds, and soon after its slots or lanes changed, how this worker is, on a
 * thread of its own, so that a store that does not answer holds up nothing else. A report that
 * could not be made is left out.
 */
final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final long LOOK_MS = 1000;

  private final WorkerRegistry registry;
  private final Ownership ownership;
  private final LaneMetrics metrics;
  private final InstantSource clock;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final String host = hostName() + ":" + ProcessHandle.current().pid();
  private final String version;
  private final Instant startedAt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("report").daemon().factory());
  private WorkerReport last;
  private long pagesBefore;

  Reporter(
      WorkerRegistry registry,
      Ownership ownership,
      LaneMetrics metrics,
      String version,
      InstantSource clock) {
    this.registry = registry;
    this.ownership = ownership;
    this.metrics = metrics;
    this.version = version;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.last = report(startedAt, 0);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void start() {
    ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, MILLISECONDS);
  }

  private void look() {
    try {
      Instant now = clock.instant();
      long sinceMs = now.toEpochMilli() - last.heartbeatAt().toEpochMilli();
      long pages = metrics.pages();
      WorkerReport report = report(now, (pages - pagesBefore) * 1000.0 / Math.max(1, sinceMs));
      boolean isFirst = last.heartbeatAt().equals(startedAt);
      boolean changed = report.slots() != last.slots() || report.lanes() != last.lanes();
      if (changed || isFirst || sinceMs >= WorkerReport.EVERY.toMillis()) {
        registry.report(report);
        last = report;
        pagesBefore = pages;
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("no report: the store does not answer", e);
    } catch (RuntimeException e) {
      LOG.warn("no report", e);
    }
  }

  private WorkerReport report(Instant now, double rate) {
    Runtime runtime = Runtime.getRuntime();
    return new WorkerReport(
        id,
        host,
        version,
        startedAt,
        now,
        ownership.slots().size(),
        ownership.sessions().stream()
            .map(CrawlSession::lanes)
            .mapToInt(lanes -> lanes.size())
            .sum(),
        metrics.underWay(),
        rate,
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  /** Says no more, and has this worker forgotten. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
        registry.remove(id);
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("still listed: the store does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
