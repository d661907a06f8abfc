package io.fcrawler.worker.kafka;

import java.time.Duration;

/** Has tasks run later, one at a time and never by the caller's thread. Thread-safe. */
interface Later extends AutoCloseable {
  void after(Duration delay, Runnable task);

  /** Drops what has not run. */
  @Override
  void close();
}
