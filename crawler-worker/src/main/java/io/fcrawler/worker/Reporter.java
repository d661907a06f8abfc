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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds, and at once when its slots, lanes or problem changed, how this worker is,
 * on a thread of its own, so that a store that does not answer holds up nothing else. A report that
 * could not be made is left out, of which the log tells once.
 */
final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** Changes that follow one another within this time are told together. */
  private static final long COMPANY_MS = 100;

  private static final long RETRY_MS = 1000;

  /** Of the rate of pages. */
  private static final long LEAST_PERIOD_MS = 1000;

  private final WorkerRegistry registry;
  private final Ownership ownership;
  private final LaneMetrics metrics;
  private final Supplier<Optional<String>> problem;
  private final InstantSource clock;
  private final String id;
  private final String host = hostName() + ":" + ProcessHandle.current().pid();
  private final String version;
  private final Instant startedAt;
  private final Thread thread = Thread.ofPlatform().name("report").daemon().unstarted(this::run);
  private final Semaphore news = new Semaphore(0);
  private Optional<WorkerReport> last = Optional.empty();
  private Instant ratedAt;
  private double rate;
  private long pagesBefore;
  private boolean failing;

  /**
   * Says nothing yet.
   *
   * @param problem why this worker claims nothing for now, if so
   */
  Reporter(
      String id,
      WorkerRegistry registry,
      Ownership ownership,
      LaneMetrics metrics,
      Supplier<Optional<String>> problem,
      String version,
      InstantSource clock) {
    this.id = id;
    this.registry = registry;
    this.ownership = ownership;
    this.metrics = metrics;
    this.problem = problem;
    this.version = version;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.ratedAt = startedAt;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void start() {
    thread.start();
  }

  /** Hears that slots, lanes or the problem may be others; from any thread, and blocks none. */
  void changed() {
    news.release();
  }

  private void run() {
    try {
      while (true) {
        tell();
        boolean _ = news.tryAcquire(failing ? RETRY_MS : leftMs(), MILLISECONDS);
        MILLISECONDS.sleep(COMPANY_MS);
        int _ = news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      WorkerReport report = report();
      if (last.isEmpty() || isDue(report, last.get())) {
        registry.report(report);
        last = Optional.of(report);
        failing(false, "");
      }
    } catch (RuntimeException e) {
      failing(true, String.valueOf(e.getMessage()));
    }
  }

  private boolean isDue(WorkerReport report, WorkerReport before) {
    return failing
        || report.slots() != before.slots()
        || report.lanes() != before.lanes()
        || !report.problem().equals(before.problem())
        || leftMs() == 0;
  }

  /** Until the next report without any news; the clock may have been set back. */
  private long leftMs() {
    long everyMs = WorkerReport.EVERY.toMillis();
    long sinceMs =
        last.map(it -> Duration.between(it.heartbeatAt(), clock.instant()).abs().toMillis())
            .orElse(everyMs);
    return Math.max(0, everyMs - sinceMs);
  }

  private void failing(boolean now, String why) {
    if (now != failing) {
      failing = now;
      if (now) {
        LOG.warn("this worker is not shown as it is: {}", why);
      } else {
        LOG.info("this worker is shown as it is again");
      }
    }
  }

  private WorkerReport report() {
    Instant now = clock.instant();
    rate(now);
    Runtime runtime = Runtime.getRuntime();
    return new WorkerReport(
        id,
        host,
        version,
        startedAt,
        now,
        ownership.slots().size(),
        ownership.sessions().stream().mapToInt(CrawlSession::held).sum(),
        metrics.underWay(),
        rate,
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        problem.get());
  }

  private void rate(Instant now) {
    long sinceMs = Duration.between(ratedAt, now).toMillis();
    if (sinceMs >= LEAST_PERIOD_MS) {
      long pages = metrics.pages();
      rate = (pages - pagesBefore) * 1000.0 / sinceMs;
      pagesBefore = pages;
      ratedAt = now;
    }
  }

  /** Says no more, and has this worker forgotten. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.getState() == Thread.State.NEW || thread.join(Duration.ofSeconds(5))) {
        registry.remove(id);
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("still listed: the store does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
