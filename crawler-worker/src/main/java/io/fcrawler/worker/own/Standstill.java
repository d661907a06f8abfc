package io.fcrawler.worker.own;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Activity;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Damage;
import io.fcrawler.store.Repaired;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has crawls audited that stand still, and keeps the list of those that are damaged. A crawl stands
 * still if its counters are the same in three scans and nothing is in flight; or if they are the
 * same for so long that whatever is said to be in flight must have ended. Most of them only wait,
 * for a host or a retry: each is audited once in ten minutes at most. One that was seen under way
 * is audited once more when it is done, as lost parts of its lists show only then. Used by the
 * scanning thread.
 */
final class Standstill {
  private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
  private static final int SCANS = 3;

  /** Also how long what is in flight is believed to be, where nothing else changes. */
  private static final Duration BETWEEN_AUDITS = Duration.ofMinutes(10);

  private static final int MOST_REMEMBERED = 200_000;

  private final CrawlStore store;
  private final LongSupplier nanos;
  private final Executor auditor;
  private final Cache<Seed, Still> still;
  private final Cache<CrawlRef, Boolean> audited;
  private final Set<Seed> found = new HashSet<>();
  private volatile int damaged;

  /** A crawl as several scans in a row saw it. */
  private record Still(CrawlRef crawl, Activity activity, int scans, long sinceNs) {
    boolean isOf(SeedState state) {
      return crawl.equals(state.crawl()) && activity.equals(state.activity());
    }

    Still again() {
      return new Still(crawl, activity, scans + 1, sinceNs);
    }

    boolean isLong(long nowNs) {
      return activity.inFlight() == 0
          ? scans >= SCANS
          : nowNs - sinceNs >= BETWEEN_AUDITS.toNanos();
    }
  }

  /**
   * Remembers no crawl yet.
   *
   * @param auditor runs audits, which may take their time
   */
  Standstill(CrawlStore store, LongSupplier nanos, Executor auditor) {
    this.store = store;
    this.nanos = nanos;
    this.auditor = auditor;
    this.still = remembered(BETWEEN_AUDITS.multipliedBy(2)).build();
    this.audited = remembered(BETWEEN_AUDITS).build();
  }

  private Caffeine<Object, Object> remembered(Duration most) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .ticker(nanos::getAsLong)
        .expireAfterWrite(most);
  }

  /** How many crawls of this worker were damaged at the last scan. */
  int damaged() {
    return damaged;
  }

  /** Begins a scan. */
  void begin() {
    found.clear();
  }

  /** Takes in some crawls of this worker, each once in a scan. */
  void scanned(Collection<SeedState> own) {
    own.forEach(this::look);
  }

  private void look(SeedState state) {
    Seed seed = state.crawl().seed();
    if (state.damage().isPresent() && !state.status().finished()) {
      found.add(seed);
    }
    Still before = still.getIfPresent(seed);
    if (state.status() != CrawlStatus.CRAWLING) {
      still.invalidate(seed);
      if (state.status() == CrawlStatus.DONE
          && before != null
          && before.crawl().equals(state.crawl())) {
        auditor.execute(() -> audit(state.crawl()));
      }
      return;
    }
    Still now =
        before != null && before.isOf(state)
            ? before.again()
            : new Still(state.crawl(), state.activity(), 1, nanos.getAsLong());
    still.put(seed, now);
    if (now.isLong(nanos.getAsLong()) && audited.asMap().putIfAbsent(state.crawl(), true) == null) {
      auditor.execute(() -> audit(state.crawl()));
    }
  }

  /** Ends a scan of all seeds: the list of damaged ones is made right, as far as it is ours. */
  void over(Predicate<Seed> mine) {
    damaged = found.size();
    Set<Seed> noted = store.damaged();
    Set<Seed> well = noted.stream().filter(mine).collect(Collectors.toSet());
    well.removeAll(found);
    Set<Seed> more = new HashSet<>(found);
    more.removeAll(noted);
    if (!well.isEmpty() || !more.isEmpty()) {
      store.noteDamaged(more, well);
    }
  }

  private void audit(CrawlRef crawl) {
    try {
      store.repair(crawl.seed()).ifPresent(repaired -> tell(crawl, repaired));
    } catch (StoreUnavailableException e) {
      LOG.debug("the store does not answer the audit of {}", crawl.seed(), e);
      audited.invalidate(crawl);
    } catch (RuntimeException e) {
      LOG.warn("the audit of {} failed", crawl.seed(), e);
    }
  }

  private void tell(CrawlRef crawl, Repaired repaired) {
    if (repaired.lanes() > 0) {
      LOG.warn(
          "crawl {} of {} stood still, as {} of its lanes were missing from its list: they are in it again",
          crawl.crawlId(),
          crawl.seed(),
          repaired.lanes());
      audited.invalidate(crawl); // what is left may show itself soon
    }
    if (!repaired.news()) {
      return;
    } else if (repaired.differences().isEmpty()) {
      LOG.info("crawl {} of {} adds up again", crawl.crawlId(), crawl.seed());
    } else {
      LOG.warn(
          "crawl {} of {} is damaged, as parts of its state in Redis are gone: {}. {}",
          crawl.crawlId(),
          crawl.seed(),
          String.join("; ", repaired.differences()),
          Damage.REMEDY);
    }
  }
}
