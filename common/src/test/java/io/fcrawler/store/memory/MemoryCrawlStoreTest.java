package io.fcrawler.store.memory;

import io.fcrawler.store.CrawlStoreContract;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.store.walk.StoreWalk;
import io.fcrawler.store.walk.WalkPlan;
import java.time.Duration;

/** The contract, kept by the store in memory. */
final class MemoryCrawlStoreTest implements CrawlStoreContract, StoreWalk {
  private final MemoryBackend backend = new MemoryBackend();

  @Override
  public StoreBackend backend() {
    return backend;
  }

  @Override
  public StoreBackend walkBackend() {
    return new MemoryBackend();
  }

  @Override
  public WalkPlan plan() {
    return new WalkPlan(500, 400, Duration.ofSeconds(10), Integer.MAX_VALUE);
  }
}
