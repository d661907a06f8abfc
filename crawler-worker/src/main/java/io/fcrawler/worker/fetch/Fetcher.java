package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;

/** Sends GET requests, one at a time per calling thread. Safe for concurrent use. */
public interface Fetcher {
  /**
   * Fetches a URL, without following redirects. Blocks; meant for virtual threads, on which an
   * interrupt ends it at once.
   *
   * @param timeLimit the most that this may take; the fetcher's own limit holds as well
   * @param sent run when the request's header was sent, and again when the answer begins; never
   *     where there is no connection
   * @throws InterruptedException if the thread was interrupted; the request was then given up
   */
  FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Runnable sent) throws InterruptedException;

  /** The same where nobody asks when the request was sent. */
  default FetchOutcome fetch(CrawlUrl url, Duration timeLimit) throws InterruptedException {
    return fetch(url, timeLimit, () -> {});
  }
}
