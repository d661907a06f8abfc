package io.fcrawler.store.memory;

import io.fcrawler.store.RobotsStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The robots.txt files of this process; one whose time is over goes when it is asked for. */
final class MemoryRobotsStore implements RobotsStore {
  private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();
  private final InstantSource clock;

  MemoryRobotsStore(InstantSource clock) {
    this.clock = clock;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(byte[] text, Instant until) {}

  @Override
  public Optional<Copy> get(String site) {
    Instant now = clock.instant();
    return Optional.ofNullable(
            kept.computeIfPresent(site, (_, it) -> it.until().isAfter(now) ? it : null))
        .map(it -> new Copy(it.text().clone(), Duration.between(now, it.until())));
  }

  @Override
  public void put(String site, Copy copy) {
    if (copy.text().length <= MAX_LENGTH) {
      kept.put(site, new Kept(copy.text().clone(), clock.instant().plus(copy.left())));
    }
  }
}
