package io.fcrawler.store;

import io.fcrawler.command.Command.Open;
import io.fcrawler.seed.CrawlOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A crawl's numbers at one instant, read in one step.
 *
 * @param inFlight claimed by workers, not yet settled; part of pending
 * @param bytes of bodies received
 * @param pagesPerSecond over the last seconds, or over the whole of a finished crawl
 * @param damage of a crawl that cannot end, or ended without a part of its state
 */
public record Progress(
    CrawlRef crawl,
    CrawlStatus status,
    long total,
    long crawled,
    long failed,
    long excluded,
    long inFlight,
    long bytes,
    OptionalDouble pagesPerSecond,
    Instant submittedAt,
    Optional<Instant> startedAt,
    Instant updatedAt,
    Optional<Instant> finishedAt,
    CrawlOptions options,
    Optional<Damage> damage) {

  /** That of a crawl that no worker has opened yet. */
  public static Progress queued(Open open) {
    return new Progress(
        new CrawlRef(open.seed(), open.crawlId()),
        CrawlStatus.QUEUED,
        0,
        0,
        0,
        0,
        0,
        0,
        OptionalDouble.empty(),
        open.submittedAt(),
        Optional.empty(),
        open.submittedAt(),
        Optional.empty(),
        open.options(),
        Optional.empty());
  }

  public long pending() {
    return total - crawled - failed;
  }

  /** The share of the total that has ended, 0 to 1; 1 for a crawl that is done. */
  public double progress() {
    if (status == CrawlStatus.DONE) {
      return 1;
    }
    return total == 0 ? 0 : (double) (crawled + failed) / total;
  }

  /** The time left at the present rate, where that is known and the crawl goes on. */
  public Optional<Duration> eta() {
    double rate = pagesPerSecond.orElse(0);
    if (status != CrawlStatus.CRAWLING || rate <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(Math.round(pending() * 1000 / rate)));
  }
}
