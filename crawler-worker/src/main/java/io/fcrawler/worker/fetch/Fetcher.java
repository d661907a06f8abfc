package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.memory.Hold;
import java.time.Duration;

/** Sends GET requests, one at a time per calling thread. Safe for concurrent use. */
public interface Fetcher {
  /**
   * Fetches a URL, without following redirects. Blocks; meant for virtual threads, on which an
   * interrupt ends it at once.
   *
   * @param timeLimit the most that this may take, but for waits for memory; the fetcher's own limit
   *     holds as well
   * @param memory grows with the body, and is left so. It {@link Hold#isLacking} where the fetch
   *     failed as it had to wait for memory: nobody is to blame, and the next one with this hold
   *     takes all that it may need before it begins
   * @param sent run when the request's header was sent, and again when the answer begins; never
   *     where there is no connection
   * @throws InterruptedException if the thread was interrupted; the request was then given up
   */
  FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException;

  /**
   * Asks for a page as {@link #fetch(CrawlUrl, Duration, Hold, Runnable)} does, with cookies and in
   * the spelling that the request names.
   */
  default FetchOutcome fetch(PageRequest request, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException {
    return fetch(request.url(), timeLimit, memory, sent);
  }

  /** The same where nobody counts memory. */
  default FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Runnable sent)
      throws InterruptedException {
    return fetch(url, timeLimit, Hold.unbounded(), sent);
  }

  /** The same where nobody asks when the request was sent. */
  default FetchOutcome fetch(CrawlUrl url, Duration timeLimit) throws InterruptedException {
    return fetch(url, timeLimit, () -> {});
  }
}
