package io.fcrawler.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark of turns on a real Redis. */
@Tag("integration")
final class RedisTurnTest {
  @Test
  void turnsInRedisAreAllAlike() throws IOException {
    TurnChecks.check(StoreKind.REDIS);
  }
}
