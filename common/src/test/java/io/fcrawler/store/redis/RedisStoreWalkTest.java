package io.fcrawler.store.redis;

import io.fcrawler.store.StoreBackend;
import io.fcrawler.store.walk.StoreWalk;
import io.fcrawler.store.walk.WalkPlan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Random walks over Redis. */
@Tag("integration")
final class RedisStoreWalkTest implements StoreWalk {
  private final RedisBackend backend = new RedisBackend();

  @Override
  public StoreBackend walkBackend() {
    return backend;
  }

  @Override
  public WalkPlan plan() {
    return new WalkPlan(8, 200, Duration.ofMillis(300), 2);
  }

  @AfterEach
  void close() {
    backend.close();
  }
}
