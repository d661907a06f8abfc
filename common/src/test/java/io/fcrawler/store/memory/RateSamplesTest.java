package io.fcrawler.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RateSamplesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RateSamples samples = new RateSamples();

  private static Instant after(double seconds) {
    return START.plus(Duration.ofMillis((long) (seconds * 1000)));
  }

  @Test
  void thereIsNoRateWithoutASampleOfASecondAgo() {
    assertEquals(OptionalDouble.empty(), samples.perSecond(START, 0));
    samples.take(START, 0);
    assertEquals(OptionalDouble.empty(), samples.perSecond(after(0.9), 5));
    assertEquals(OptionalDouble.of(5), samples.perSecond(after(1), 5));
  }

  @Test
  void theRateIsThatOfTheLastMinute() {
    for (int second = 0; second <= 300; second++) {
      samples.take(after(second), second < 200 ? 0 : (second - 200) * 7);
    }
    assertEquals(OptionalDouble.of(7), samples.perSecond(after(300), 700));
  }

  @Test
  void aCrawlThatStandsStillHasARateOfZero() {
    samples.take(START, 0);
    samples.take(after(10), 100);
    assertEquals(OptionalDouble.of(0), samples.perSecond(after(500), 100));
  }

  @Test
  void samplesAreTakenFiveSecondsApart() {
    samples.take(START, 0);
    samples.take(after(4.9), 49);
    assertEquals(OptionalDouble.of(10), samples.perSecond(after(6), 60));
    samples.take(after(5), 50);
    samples.take(after(65), 650);
    samples.take(after(70), 1000);
    assertEquals(OptionalDouble.of(40), samples.perSecond(after(75), 1050));
  }

  @Test
  void aRateOverNoTimeIsOneOverAMillisecond() {
    assertEquals(3000, RateSamples.perSecond(3, Duration.ZERO));
  }
}
