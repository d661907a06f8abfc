package io.fcrawler.cli;

import io.fcrawler.cli.watch.Watch;
import java.time.Duration;

/** Time that goes by when someone sleeps. */
public final class TestingTime implements Watch.Time {
  private long nowNs;

  @Override
  public long nanoTime() {
    return nowNs;
  }

  @Override
  public void sleep(Duration duration) {
    nowNs += duration.toNanos();
  }

  public Duration gone() {
    return Duration.ofNanos(nowNs);
  }
}
