package io.fcrawler.worker.lane;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers that came before their URLs' turn, so that these need not be asked for again: within some
 * bytes and for an hour. Thread-safe.
 */
public final class SpareAnswers {
  /** What an answer takes besides its body. */
  private static final int LEAST_BYTES = 4 << 10;

  private final Cache<String, FetchOutcome> answers;

  /**
   * Keeps nothing yet.
   *
   * @param bytes the most that it takes
   */
  public SpareAnswers(long bytes) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<String, FetchOutcome>weigher((_, answer) -> bytes(answer))
            .expireAfterWrite(Duration.ofHours(1))
            .executor(Runnable::run) // it is never above its bound
            .build();
  }

  private static int bytes(FetchOutcome answer) {
    return LEAST_BYTES + (answer instanceof Fetched fetched ? fetched.body().length : 0);
  }

  /** Keeps an answer, if it is one. */
  void put(CrawlRef crawl, FetchOutcome outcome) {
    boolean passing = outcome instanceof FetchOutcome.Deferred;
    if (outcome.status() != 0 && !passing) {
      answers.put(key(crawl, outcome.url()), outcome);
    }
  }

  /** Gives away the answer of a URL. */
  Optional<FetchOutcome> take(CrawlRef crawl, CrawlUrl url) {
    return answers.asMap().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(answers.asMap().remove(key(crawl, url)));
  }

  private static String key(CrawlRef crawl, CrawlUrl url) {
    return crawl.crawlId().value() + " " + url.value();
  }
}
