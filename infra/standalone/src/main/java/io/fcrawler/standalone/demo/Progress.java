package io.fcrawler.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A crawl's progress, as the API tells it.
 *
 * @param bytes of bodies received
 * @param progress the part of {@code total} that is settled, 0 to 1
 */
record Progress(
    String seed,
    String status,
    long total,
    long crawled,
    long failed,
    long pending,
    long inFlight,
    long excluded,
    double progress,
    long bytes,
    @Nullable String startedAt,
    @Nullable String finishedAt) {

  boolean isDone() {
    return status.equals("done");
  }

  /** From the first claim to the last settlement; zero while one of them is ahead. */
  Duration took() {
    return startedAt == null || finishedAt == null
        ? Duration.ZERO
        : Duration.between(Instant.parse(startedAt), Instant.parse(finishedAt));
  }

  boolean addsUp() {
    return total == crawled + failed && pending == 0;
  }
}
