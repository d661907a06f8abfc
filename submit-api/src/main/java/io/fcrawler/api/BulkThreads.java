package io.fcrawler.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Platform threads for what takes processor time in proportion to a request's body. Requests run on
 * virtual threads, which give up their carrier only when they wait: a few large bodies would keep
 * all carriers, and nothing else would be answered. The operating system shares the processors
 * between these threads and the carriers instead. Thread-safe.
 *
 * <p>Work is done in the order in which it comes, so it is handed over in pieces of some
 * milliseconds, and never waits for anything.
 */
final class BulkThreads implements AutoCloseable {
  private final ExecutorService threads;

  /** Half as many threads as processors. */
  BulkThreads() {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  BulkThreads(int count) {
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("bulk-", 1).factory());
  }

  /** Waits for the result of {@code work}, or throws what it throws. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
