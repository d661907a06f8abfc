package io.fcrawler.api;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandLog;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.ops.Presence;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.Start;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.Progress;
import io.fcrawler.store.StoreUnavailableException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes crawls of submitted domains. Thread-safe.
 *
 * <p>A seed's unfinished crawl is given back; else a new one is made, and its command names the
 * finished crawl that was seen. While the store is away none can be seen. A worker then ignores the
 * command if the seed turns out to have a crawl, for a command that knows of no crawl must not end
 * or follow one: such a submission was taken, yet begins nothing, and is to be made again.
 */
final class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

  private final CrawlStore store;
  private final CommandLog log;
  private final Presence redis;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** One submission at a time for each seed; others of the same time get its crawl. */
  private final ConcurrentMap<Seed, CompletableFuture<Progress>> underWay =
      new ConcurrentHashMap<>();

  /**
   * What became of a submission.
   *
   * @param made whether the crawl is a new one
   * @param crawl as it is now
   */
  record Submission(boolean made, Progress crawl) {}

  Submissions(
      CrawlStore store,
      CommandLog log,
      Presence redis,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.log = log;
    this.redis = redis;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Gives the seed's unfinished crawl, or makes one.
   *
   * @throws CommandLogUnavailableException if it is not known whether the log took the command
   */
  Submission submit(Start start, CrawlOptions options) {
    return submit(start, options, () -> store.progress(start.seed()));
  }

  /**
   * The same for one of many.
   *
   * @param look gives what the seed has, or throws that it cannot be known
   */
  Submission submit(Start start, CrawlOptions options, Supplier<Optional<Progress>> look) {
    CompletableFuture<Progress> mine = new CompletableFuture<>();
    CompletableFuture<Progress> others = underWay.putIfAbsent(start.seed(), mine);
    if (others != null) {
      return new Submission(false, await(others));
    }
    try {
      Submission submission = unfinished(start, options, look);
      mine.complete(submission.crawl());
      return submission;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(start.seed(), mine);
    }
  }

  private static Progress await(CompletableFuture<Progress> others) {
    try {
      return others.join();
    } catch (CompletionException e) {
      throw new CommandLogUnavailableException("the same submission of this time failed", e);
    }
  }

  private Submission unfinished(
      Start start, CrawlOptions options, Supplier<Optional<Progress>> look) {
    Optional<Progress> seen;
    try {
      seen = look.get();
      if (seen.isPresent() && seen.get().status() == CrawlStatus.QUEUED) {
        // The log may have lost it, and applying it again is harmless.
        store.queued(start.seed()).ifPresent(log::append);
      }
    } catch (NotPermittedException e) {
      throw e; // for an operator to put right, and not by waiting
    } catch (StoreUnavailableException e) {
      redis.away(String.valueOf(e.getMessage()));
      return new Submission(true, Progress.queued(append(start, options, Optional.empty())));
    }
    if (seen.isPresent() && !seen.get().status().finished()) {
      return new Submission(false, seen.get());
    }
    boolean answers = list(start.seed()); // before a worker may list it as crawling
    Open open = append(start, options, seen.map(crawl -> crawl.crawl().crawlId()));
    if (answers) { // else another wait would be in vain
      show(open);
    }
    return new Submission(true, Progress.queued(open));
  }

  private Open append(Start start, CrawlOptions options, Optional<CrawlId> saw) {
    // The store's times have milliseconds.
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    CrawlId crawlId = CrawlId.next(now, random);
    Open open =
        new Open(start.seed(), crawlId, saw, start.url().value(), start.tryHttp(), options, now);
    log.append(open);
    LOG.info("Took a submission of {}: crawl {}", open.seed(), crawlId);
    return open;
  }

  /** What seeds have, or throws that it cannot be known; for many at once. */
  Map<Seed, Progress> look(List<Seed> seeds) {
    return store.progress(seeds);
  }

  private boolean list(Seed seed) {
    try {
      store.index(Map.of(seed, CrawlStatus.QUEUED));
      return true;
    } catch (NotPermittedException e) {
      throw e;
    } catch (StoreUnavailableException e) {
      redis.away("%s is not listed yet: %s".formatted(seed, e.getMessage()));
      return false;
    }
  }

  private void show(Open open) {
    try {
      store.markQueued(open);
    } catch (StoreUnavailableException e) {
      redis.away("%s is queued, but not shown: %s".formatted(open.seed(), e.getMessage()));
    }
  }
}
