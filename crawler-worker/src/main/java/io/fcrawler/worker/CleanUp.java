package io.fcrawler.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fcrawler.store.Cleanup;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes workers from the list that are silent and not in the consumer group, on a thread of its
 * own: at the start, once more when those that died just before count as dead, and every hour that
 * no other worker does. Several at once do no harm: one that is removed though it lives is listed
 * again by its next report.
 */
final class CleanUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int SESSION_TIMEOUTS = 2;

  private final CrawlStore store;
  private final Supplier<Optional<Set<String>>> group;
  private final Duration silence;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("clean-up").daemon().factory());

  /** The far future before the first look, so that this one takes place. */
  private Instant lookedAt = Instant.MAX;

  /**
   * Begins nothing yet.
   *
   * @param group the ids of the workers in the consumer group; empty where they are not known
   */
  CleanUp(
      CrawlStore store,
      Supplier<Optional<Set<String>>> group,
      Duration sessionTimeout,
      InstantSource clock) {
    this.store = store;
    this.group = group;
    Duration timeouts = sessionTimeout.multipliedBy(SESSION_TIMEOUTS);
    this.silence = timeouts.compareTo(WorkerReport.SILENCE) > 0 ? timeouts : WorkerReport.SILENCE;
    this.clock = clock;
  }

  void start() {
    thread.execute(this::look);
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            this::look, silence.toMillis() + 1, EVERY.toMillis(), MILLISECONDS);
  }

  /** Cleans up, unless another worker did since this one last looked. */
  void look() {
    Instant before = lookedAt;
    lookedAt = clock.instant();
    try {
      if (store.lastCleanup().filter(last -> last.at().isAfter(before)).isEmpty()) {
        clean(lookedAt);
      }
    } catch (StoreUnavailableException e) {
      LOG.info("no clean-up: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("the clean-up failed", e);
    }
  }

  private void clean(Instant now) {
    Set<String> found = store.workers().discover();
    Optional<Set<String>> members = group.get();
    if (members.isEmpty()) {
      LOG.warn("no clean-up: who is in the group of workers is not known");
      return;
    }
    Map<String, WorkerReport> reports = store.workers().reports(found);
    List<String> stale =
        found.stream()
            .filter(id -> !members.get().contains(id) && silent(reports.get(id), now))
            .toList();
    stale.forEach(store.workers()::remove);
    Cleanup done = store.noteCleanup(now, found.size() - stale.size(), stale.size());
    LOG.info(
        "{} workers are known, {} dead ones were removed; {} seeds, {} of them active",
        done.workers(),
        done.removed(),
        done.seeds(),
        done.activeSeeds());
  }

  /** One that is cut off from Kafka alone still reports. */
  private boolean silent(@Nullable WorkerReport report, Instant now) {
    return report == null || report.heartbeatAt().plus(silence).isBefore(now);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
