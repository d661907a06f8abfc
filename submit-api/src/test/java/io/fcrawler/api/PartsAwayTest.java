package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.ops.Presence;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What log and meters tell while a part is away, and what is answered where Redis refuses. */
@Isolated("it reads all that a class logs")
class PartsAwayTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPartThatGoesAndComesBackIsOneLineEachHoweverManyRequestsMissIt() {
    awaitMeter("redis", 1);
    awaitMeter("kafka", 1);
    try (TestingLog log = new TestingLog(Presence.class)) {
      api.store.away();
      api.log.away(true);
      for (int i = 0; i < 5; i++) {
        TestingApi.problem(503, api.get("a.example"));
        TestingApi.problem(503, api.submit("{\"domain\":\"a.example\"}"));
      }
      awaitMeter("redis", 0);
      awaitMeter("kafka", 0);
      api.store.without();
      api.log.away(false);
      awaitMeter("redis", 1);
      awaitMeter("kafka", 1);

      List<String> lines = log.lines();
      assertEquals(4, lines.size(), lines.toString());
      assertTrue(lines.containsAll(List.of("INFO redis is back", "INFO kafka is back")));
    }
  }

  @Test
  void whatRedisRefusesIsToldInItsWordsToTheUserAndOnceInTheLog() {
    api.store.refuses("NOPERM User x has no permissions to run the 'evalsha' command");
    try (TestingLog log = new TestingLog(Problems.class)) {
      for (int i = 0; i < 3; i++) {
        assertRefused(TestingApi.problem(503, api.get("a.example")));
        assertRefused(TestingApi.problem(503, api.submit("{\"domain\":\"a.example\"}")));
        assertRefused(TestingApi.problem(503, api.submit("{\"domains\":[\"a.example\"]}")));
      }

      assertEquals(1, log.lines().size(), log.lines().toString());
      assertRefused(log.lines().getFirst());
    }
    assertEquals(List.of(), api.log.opens());
  }

  private static void assertRefused(String text) {
    assertTrue(text.contains("NOPERM User x has no permissions"), text);
  }

  private void awaitMeter(String part, int value) {
    String line =
        "fcrawler_part_reachable{part=\"%s\",program=\"submit-api\"} %d.0".formatted(part, value);
    Eventually.holds(part + " is seen", () -> api.http.get("/metrics").body().contains(line));
  }
}
