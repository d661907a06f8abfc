package io.fcrawler.worker.page;

import java.util.concurrent.CompletableFuture;

/** Where the records of pages go: {@code fcrawler.pages}. Thread-safe. */
public interface PageOutput {
  /**
   * Puts a record out; completes when it is acknowledged. Blocks while too many are not.
   *
   * @throws InterruptedException if the thread was interrupted; the record may go out all the same
   */
  CompletableFuture<Void> put(PageRecord record) throws InterruptedException;
}
