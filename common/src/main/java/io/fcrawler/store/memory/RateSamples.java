package io.fcrawler.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** How many URLs a crawl had ended at some instants of its last minute: its present rate. */
final class RateSamples extends StatePart {
  private static final Duration APART = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration MEANINGFUL = Duration.ofSeconds(1);

  private record Sample(Instant time, long ended) {}

  private final Deque<Sample> samples;

  RateSamples() {
    samples = new ArrayDeque<>();
  }

  private RateSamples(RateSamples other) {
    samples = new ArrayDeque<>(other.samples);
  }

  RateSamples copy() {
    return new RateSamples(this);
  }

  /** Takes a sample, unless the last one is too young; keeps at least one. */
  void take(Instant now, long ended) {
    if (!samples.isEmpty() && now.isBefore(samples.getLast().time().plus(APART))) {
      return;
    }
    samples.removeIf(sample -> sample.time().isBefore(now.minus(WINDOW)));
    samples.addLast(new Sample(now, ended));
  }

  /** URLs ended per second since the oldest sample of the window, or else since the newest. */
  OptionalDouble perSecond(Instant now, long ended) {
    if (samples.isEmpty()) {
      return OptionalDouble.empty();
    }
    Instant start = now.minus(WINDOW);
    Sample base =
        samples.stream()
            .filter(sample -> !sample.time().isBefore(start))
            .findFirst()
            .orElse(samples.getLast());
    Duration elapsed = Duration.between(base.time(), now);
    return elapsed.compareTo(MEANINGFUL) < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(perSecond(ended - base.ended(), elapsed));
  }

  /** A time of less than 1 ms counts as that. */
  static double perSecond(long ended, Duration elapsed) {
    return ended * 1000.0 / Math.max(1, elapsed.toMillis());
  }

  @Override
  List<?> content() {
    return List.of(List.copyOf(samples));
  }
}
