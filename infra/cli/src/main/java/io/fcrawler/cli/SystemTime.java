package io.fcrawler.cli;

import io.fcrawler.cli.watch.Watch;
import java.time.Duration;

/** The machine's time. */
final class SystemTime implements Watch.Time {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
