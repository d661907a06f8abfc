package io.fcrawler.api;

import io.fcrawler.ops.Check;
import io.fcrawler.ops.Presence;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds whether a part is there, on a thread of its own. */
final class PartWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Check check;
  private final Presence presence;
  private final ScheduledExecutorService thread;

  PartWatch(Check check, Presence presence) {
    this.check = check;
    this.presence = presence;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watch-" + check.name()).daemon().factory());
  }

  void start() {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      presence.seen(check.problem().get());
    } catch (RuntimeException e) {
      presence.away("a look failed: " + e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
