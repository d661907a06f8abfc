package io.fcrawler.worker.lane;

import io.fcrawler.worker.fetch.CookieJars;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.memory.MemoryBudget;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.politeness.HostGates;
import io.fcrawler.worker.robots.RobotsCache;

/**
 * What the lanes of all crawls share.
 *
 * @param memory bytes of pages in flight
 * @param spare answers that came before their URLs' turn
 */
public record LaneParts(
    Fetcher fetcher,
    RobotsCache robots,
    Parsing parsing,
    MemoryBudget memory,
    HostGates gates,
    PageOutput output,
    Retries retries,
    LaneMetrics metrics,
    CookieJars cookies,
    SpareAnswers spare) {
  /** The same with another fetcher. */
  LaneParts with(Fetcher other) {
    return new LaneParts(
        other, robots, parsing, memory, gates, output, retries, metrics, cookies, spare);
  }
}
