package io.fcrawler.store.watch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fcrawler.ops.Check;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.watch.Finding.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that looks at Redis at its start and every minute, on a thread of its own. It warns once
 * of each finding, and says when it is gone. While Redis does not answer the last findings stay.
 */
public final class RedisWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Supplier<Map<String, String>> info;
  private final Optional<Path> dataFolder;
  private final Duration every;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("redis-watch").daemon().factory());
  private volatile Map<Kind, Finding> findings = Map.of();
  private volatile long usedBytes;
  private boolean blind;

  /**
   * Looks at nothing yet.
   *
   * @param info what INFO tells of persistence and memory, by field; nothing where it may not be
   *     asked. Throws {@link StoreUnavailableException} where Redis does not answer
   * @param dataFolder Redis's own, where this program can see it
   */
  public RedisWatch(Supplier<Map<String, String>> info, Optional<Path> dataFolder) {
    this(info, dataFolder, EVERY);
  }

  RedisWatch(Supplier<Map<String, String>> info, Optional<Path> dataFolder, Duration every) {
    this.info = info;
    this.dataFolder = dataFolder;
    this.every = every;
  }

  /** Begins to look, with a gauge for each kind of finding: 1 while it holds. */
  public void start(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      Gauge.builder(
              "fcrawler.redis.warning", this, watch -> watch.findings.containsKey(kind) ? 1 : 0)
          .tag("kind", kind.word())
          .register(registry);
    }
    registry.gauge("fcrawler.redis.used.memory.bytes", this, watch -> watch.usedBytes);
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::look, 0, every.toMillis(), MILLISECONDS);
  }

  /** Redis's own folder, where this program can see it. */
  public Optional<Path> dataFolder() {
    return dataFolder;
  }

  /** What {@code /health} shows of it; a program is ready nevertheless. */
  public Check check() {
    return Check.warning("redis-persistence", this::problem);
  }

  private Optional<String> problem() {
    return findings.values().stream()
        .sorted(Comparator.comparing(Finding::kind))
        .map(Finding::toString)
        .reduce((a, b) -> a + "; " + b);
  }

  void look() {
    try {
      Map<String, String> told = info.get();
      if (told.isEmpty()) {
        tellOnceThatNothingIsSeen();
      } else if (!"1".equals(told.get("loading"))) {
        usedBytes = Findings.bytes(told, "used_memory");
        note(findings(told));
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("Redis does not answer the watch", e);
    } catch (RuntimeException e) {
      LOG.warn("The watch over Redis failed once", e);
    }
  }

  private List<Finding> findings(Map<String, String> told) {
    List<Finding> found = new ArrayList<>(Findings.in(told));
    long file = Findings.bytes(told, "aof_current_size");
    dataFolder.flatMap(folder -> RedisDisk.finding(folder, file)).ifPresent(found::add);
    return found;
  }

  private void note(List<Finding> found) {
    Map<Kind, Finding> before = findings;
    findings = found.stream().collect(Collectors.toUnmodifiableMap(Finding::kind, it -> it));
    found.stream()
        .filter(finding -> !before.containsKey(finding.kind()))
        .forEach(finding -> LOG.warn("{}", finding));
    before.values().stream()
        .filter(finding -> !findings.containsKey(finding.kind()))
        .forEach(finding -> LOG.info("Fixed: Redis {}", finding.problem()));
  }

  private void tellOnceThatNothingIsSeen() {
    if (!blind) {
      LOG.info("Redis does not let this program ask INFO: nobody warns if its data are in danger");
      blind = true;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
