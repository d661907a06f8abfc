package io.fcrawler.worker.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that runs such tasks, and that there is not before the first one. */
final class LaterThread implements Later {
  private static final Logger LOG = LoggerFactory.getLogger(LaterThread.class);

  private final ScheduledExecutorService thread;

  LaterThread(String name) {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> _ =
          thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("too late: it is closed", e);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        LOG.error("a task failed", e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
