package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration BRIEFLY = Duration.ofSeconds(1);

  private final Backoff backoff = new Backoff();

  @Test
  void waitsDoubleUpToTenSeconds() {
    List<Long> waits = Stream.generate(() -> backoff.after(BRIEFLY).toMillis()).limit(7).toList();

    assertEquals(List.of(500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L), waits);
  }

  @Test
  void aHealthyMinuteMakesTheWaitShortAgain() {
    backoff.after(BRIEFLY);
    backoff.after(BRIEFLY);

    assertEquals(500, backoff.after(Duration.ofMinutes(1)).toMillis());
    assertEquals(1000, backoff.after(Duration.ofSeconds(59)).toMillis());
  }
}
