package io.fcrawler.worker.page;

import java.util.concurrent.CompletableFuture;

/** Where the records of pages go: {@code fcrawler.pages}. Thread-safe. */
public interface PageOutput {
  /** What became of a record. */
  enum Delivery {
    /** It is safe, whole or cut. */
    DELIVERED,
    /** It is too large even when all that can be cut is: the URL fails. */
    TOO_LARGE
  }

  /**
   * Puts a record out; completes when that is settled. A record that is refused for now is kept,
   * and put out again. Blocks while too many are not acknowledged, and while they are refused.
   *
   * @throws InterruptedException if the thread was interrupted; the record may go out all the same
   * @throws java.io.UncheckedIOException if the record cannot be written as JSON
   */
  CompletableFuture<Delivery> put(PageRecord record) throws InterruptedException;
}
