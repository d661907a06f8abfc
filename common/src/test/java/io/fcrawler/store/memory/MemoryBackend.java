package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.store.TestingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A fresh store in memory, with a fake clock. */
public final class MemoryBackend implements StoreBackend {
  private final TestingClock clock = new TestingClock();
  private final MemoryCrawlStore store = new MemoryCrawlStore(clock);

  @Override
  public MemoryCrawlStore store() {
    return store;
  }

  @Override
  public void pass(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Rollback snapshot() {
    Snapshot snapshot = store.snapshot();
    return new Rollback() {
      @Override
      public void restore() {
        store.restore(snapshot);
      }

      @Override
      public void restoreCommands() {
        store.restoreCommands(snapshot);
      }

      @Override
      public void restoreSeed(Seed seed) {
        store.restoreSeed(snapshot, seed);
      }
    };
  }

  @Override
  public void loseQueue(Seed seed, Lane lane) {
    store.loseQueue(seed, lane);
  }

  @Override
  public void loseOpening(Seed seed, Lane lane) {
    store.loseOpening(seed, lane);
  }

  @Override
  public Optional<Object> image() {
    return Optional.of(store.snapshot());
  }
}
