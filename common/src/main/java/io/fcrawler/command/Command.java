package io.fcrawler.command;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import java.time.Instant;
import java.util.Optional;

/** What a user wants of a seed. Each command names the crawl that it is about. */
public sealed interface Command {
  Seed seed();

  CrawlId crawlId();

  /**
   * Begins a crawl.
   *
   * @param saw the seed's crawl that the API knew when it made this one, always a finished one; if
   *     that one turns out to be unfinished again, the new one waits for it
   * @param startUrl the normalised start page
   * @param tryHttp whether http may be tried where https fails, see {@link io.fcrawler.seed.Start}
   */
  record Open(
      Seed seed,
      CrawlId crawlId,
      Optional<CrawlId> saw,
      String startUrl,
      boolean tryHttp,
      CrawlOptions options,
      Instant submittedAt)
      implements Command {}

  /** Stops claiming; what is in flight is settled. */
  record Pause(Seed seed, CrawlId crawlId) implements Command {}

  /** Goes on after a pause. */
  record Resume(Seed seed, CrawlId crawlId) implements Command {}

  /** Ends the crawl for good; its numbers stay readable. */
  record Cancel(Seed seed, CrawlId crawlId) implements Command {}
}
