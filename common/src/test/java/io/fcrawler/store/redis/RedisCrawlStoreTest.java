package io.fcrawler.store.redis;

import io.fcrawler.store.CrawlStoreContract;
import io.fcrawler.store.StoreBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The contract, kept by Redis. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisCrawlStoreTest implements CrawlStoreContract {
  private final RedisBackend backend = new RedisBackend();

  @Override
  public StoreBackend backend() {
    return backend;
  }

  @BeforeEach
  void clear() {
    backend.clear();
  }

  @AfterAll
  void close() {
    backend.close();
  }
}
