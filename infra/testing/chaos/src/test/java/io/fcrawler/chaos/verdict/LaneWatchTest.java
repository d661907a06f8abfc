package io.fcrawler.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.chaos.fault.Frozen;
import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.Visit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LaneWatchTest {
  private static final UUID CRAWL = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final SeedSite SITE =
      new SeedSite("a.example", 80, List.of("a.example"), 1, 0, new Site("", Map.of()));
  private static final SeedSite PACED =
      new SeedSite("a.example", 80, List.of("a.example"), 1, 30, new Site("", Map.of()));

  private static Visit visit(String path, String worker, long fromMs, long toMs) {
    String agent = Fleet.agent(worker);
    return new Visit("GET", "a.example:80", path, agent, fromMs * 1_000_000, toMs * 1_000_000);
  }

  private static int problems(SeedSite site, List<Frozen> frozen, Visit... visits) {
    LaneWatch watch = new LaneWatch(frozen);
    watch.look(site, CRAWL, List.of(visits));
    return watch.problems().size();
  }

  @Test
  void requestsAfterEachOtherAreFine() {
    assertEquals(0, problems(SITE, List.of(), visit("/1", "w", 0, 10), visit("/2", "v", 10, 20)));
  }

  @Test
  void requestsAtOnceAreNot() {
    assertEquals(1, problems(SITE, List.of(), visit("/1", "w", 0, 10), visit("/2", "v", 9, 20)));
  }

  @Test
  void whoeverStoodStillCouldAbortNothing() {
    Visit first = visit("/1", "worker-1", 0, 9000);
    Visit second = visit("/2", "worker-2", 8000, 8010);
    Frozen meanwhile = new Frozen("worker-1", 100_000_000L, 7_000_000_000L);
    Frozen before = new Frozen("worker-1", -900_000_000L, -100_000_000L);
    Frozen another = new Frozen("worker-3", 100_000_000L, 7_000_000_000L);
    assertEquals(0, problems(SITE, List.of(meanwhile), first, second));
    assertEquals(1, problems(SITE, List.of(before, another), first, second));
  }

  @Test
  void requestsCloserThanTheDelayAreNot() {
    Visit first = visit("/1", "w", 0, 10);
    assertEquals(0, problems(PACED, List.of(), first, visit("/2", "w", 30, 40)));
    assertEquals(1, problems(PACED, List.of(), first, visit("/2", "w", 20, 40)));
  }

  @Test
  void delaysBeforeRequestsOfAnOlderProgramAreLeftOut() {
    LaneWatch watch = new LaneWatch(List.of());
    watch.leaveOutDelaysBefore(visit -> visit.startNs() < 25_000_000L);
    Visit older = visit("/2", "w", 20, 24);
    watch.look(PACED, CRAWL, List.of(visit("/1", "w", 0, 10), older));
    assertEquals(List.of(), watch.problems());
    watch.look(PACED, CRAWL, List.of(older, visit("/3", "w", 40, 50)));
    assertEquals(1, watch.problems().size());
    watch.look(PACED, CRAWL, List.of(visit("/1", "w", 0, 22), older));
    assertEquals(2, watch.problems().size(), "two at once");
  }
}
