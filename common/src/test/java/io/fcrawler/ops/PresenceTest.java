package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.testing.TestingLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it reads all that a class logs")
class PresenceTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Presence redis = new Presence("redis", registry);

  @Test
  void eachChangeIsOneLineHoweverOftenItIsSeen() {
    try (TestingLog log = new TestingLog(Presence.class)) {
      redis.there();
      redis.away("no answer");
      redis.away("no answer again");
      redis.seen(Optional.of("no answer to a look"));
      redis.seen(Optional.empty());
      redis.there();

      assertEquals(List.of("WARN redis is away: no answer", "INFO redis is back"), log.lines());
    }
  }

  @Test
  void aLookBeforeThePartWasEverSeenIsNoNewsButAFailedCallIs() {
    try (TestingLog log = new TestingLog(Presence.class)) {
      redis.seen(Optional.of("not up yet"));
      assertEquals(List.of(), log.lines());

      redis.away("a call failed");
      assertEquals(List.of("WARN redis is away: a call failed"), log.lines());
    }
  }

  @Test
  void theGaugeIsOneWhileThePartIsThere() {
    assertEquals(0, gauge());
    redis.there();
    assertEquals(1, gauge());
    redis.away("no answer");
    assertEquals(0, gauge());
  }

  private double gauge() {
    return registry.get("fcrawler.part.reachable").tag("part", "redis").gauge().value();
  }
}
