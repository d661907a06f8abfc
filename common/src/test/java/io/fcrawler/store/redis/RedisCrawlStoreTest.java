package io.fcrawler.store.redis;

import io.fcrawler.store.CrawlStoreContract;
import io.fcrawler.store.StoreBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract, kept by Redis. */
@Tag("integration")
final class RedisCrawlStoreTest implements CrawlStoreContract {
  private final RedisBackend backend = new RedisBackend();

  @Override
  public StoreBackend backend() {
    return backend;
  }

  @AfterEach
  void close() {
    backend.close();
  }
}
