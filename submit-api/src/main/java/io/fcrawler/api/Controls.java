package io.fcrawler.api;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.command.CommandLog;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Progress;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses, resumes and cancels crawls, each by a command in the log. A crawl that is queued may be
 * paused or cancelled too: the commands of a seed are applied in order. Thread-safe.
 */
final class Controls {
  private static final Logger LOG = LoggerFactory.getLogger(Controls.class);

  private final CrawlStore store;
  private final CommandLog log;

  Controls(CrawlStore store, CommandLog log) {
    this.store = store;
    this.log = log;
  }

  /** The crawl as it is when the command is taken. */
  Progress pause(Seed seed) {
    return control(
        seed,
        "paused",
        Set.of(CrawlStatus.QUEUED, CrawlStatus.CRAWLING),
        crawl -> new Pause(crawl.seed(), crawl.crawlId()));
  }

  /** The crawl as it is when the command is taken. */
  Progress resume(Seed seed) {
    return control(
        seed,
        "resumed",
        Set.of(CrawlStatus.PAUSED),
        crawl -> new Resume(crawl.seed(), crawl.crawlId()));
  }

  /** The crawl as it is when the command is taken. */
  Progress cancel(Seed seed) {
    return control(
        seed,
        "cancelled",
        Set.of(CrawlStatus.QUEUED, CrawlStatus.CRAWLING, CrawlStatus.PAUSED),
        crawl -> new Cancel(crawl.seed(), crawl.crawlId()));
  }

  private Progress control(
      Seed seed, String done, Set<CrawlStatus> from, Function<CrawlRef, Command> command) {
    Progress crawl = store.progress(seed).orElseThrow(() -> UnknownSeedException.of(seed, store));
    if (!from.contains(crawl.status())) {
      throw new WrongStateException(
          "The crawl of %s is %s, so it cannot be %s."
              .formatted(seed, crawl.status().word(), done));
    }
    log.append(command.apply(crawl.crawl()));
    LOG.info("Crawl {} of {} is to be {}", crawl.crawl().crawlId(), seed, done);
    return crawl;
  }
}
