package io.fcrawler.worker.lane;

import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.worker.fetch.CookieJars;
import io.fcrawler.worker.fetch.CookieUse;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.memory.MemoryBudget;
import io.fcrawler.worker.memory.MemoryPlan;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.politeness.AdaptiveDelay;
import io.fcrawler.worker.politeness.HostGates;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** Parts of lanes with ample memory and no patience to keep, of which a test gives some. */
public final class TestingParts {
  private TestingParts() {}

  /** Parts whose visits keep their cookies to themselves. */
  public static LaneParts of(Fetcher fetcher, PageOutput output, Retries retries) {
    return of(fetcher, output, retries, CookieUse.VISIT);
  }

  static LaneParts of(Fetcher fetcher, PageOutput output, Retries retries, CookieUse cookies) {
    return new LaneParts(
        fetcher,
        new RobotsCache(
            RobotsSettings.of("fcrawler"), new MemoryCrawlStore(InstantSource.system()).robots()),
        new Parsing(new PageParser("fcrawler")),
        new MemoryBudget(MemoryPlan.of(256 << 20, 10 << 20)),
        new HostGates(System::nanoTime, AdaptiveDelay.NONE, 10, host -> System.nanoTime()),
        output,
        retries,
        new LaneMetrics(new SimpleMeterRegistry()),
        new CookieJars(cookies),
        new SpareAnswers(1 << 20));
  }
}
