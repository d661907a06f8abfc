package io.fcrawler.store.memory;

import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.EmptyState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the store was first used, and that it was found empty. Thread-safe. */
final class MemoryMetadata {
  private final InstantSource clock;
  private final Instant firstStart;
  private @Nullable EmptyFinding finding;
  private Instant foundAt = Instant.EPOCH;

  /** Empty: until somebody ends it. */
  private Optional<Instant> restUntil = Optional.of(Instant.EPOCH);

  MemoryMetadata(InstantSource clock) {
    this.clock = clock;
    this.firstStart = clock.instant();
  }

  Instant firstStart() {
    return firstStart;
  }

  synchronized boolean note(EmptyFinding found) {
    if (finding != null) {
      return false;
    }
    finding = found;
    foundAt = clock.instant();
    restUntil = found.rest().map(foundAt::plus);
    return true;
  }

  synchronized Optional<EmptyState> read() {
    return Optional.ofNullable(finding).map(this::read);
  }

  private EmptyState read(EmptyFinding found) {
    Instant now = clock.instant();
    Duration left = restUntil.map(until -> Duration.between(now, until)).orElse(Duration.ZERO);
    return new EmptyState(
        Duration.between(foundAt, now),
        restUntil.isEmpty(),
        left.isNegative() ? Duration.ZERO : left,
        found.commands(),
        found.oldest());
  }

  synchronized boolean endRest() {
    boolean rests = read().filter(EmptyState::rests).isPresent();
    if (rests) {
      restUntil = Optional.of(clock.instant());
    }
    return rests;
  }
}
