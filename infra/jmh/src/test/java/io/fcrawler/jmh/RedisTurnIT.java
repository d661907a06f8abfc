package io.fcrawler.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The benchmark of turns on a real Redis. */
final class RedisTurnIT {
  @Test
  void turnsInRedisAreAllAlike() throws IOException {
    TurnChecks.check(StoreKind.REDIS);
  }
}
