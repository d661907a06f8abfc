package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Entry;
import io.fcrawler.store.HostPatience;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Repaired;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/** Repairing where there is more than one step can take, or names have signs of patterns. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisRepairTest {
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final RedisBackend backend = new RedisBackend();
  private final CrawlStore store = backend.store();

  @BeforeEach
  void clear() {
    backend.clear();
  }

  @AfterAll
  void close() {
    backend.close();
  }

  private CrawlRef opened(Seed seed) {
    Instant now = Instant.ofEpochMilli(1_000);
    CrawlId id = CrawlId.next(now, new Random(1));
    Open open =
        new Open(seed, id, Optional.empty(), url(seed, ""), false, CrawlOptions.DEFAULT, now);
    store.apply(new NotedCommand(new Position("topic", Slots.of(seed.host()), 0), open));
    return new CrawlRef(seed, id);
  }

  private static String url(Seed seed, String path) {
    return "https://" + seed.id() + "/" + path;
  }

  /** Queues an entry in each of many lanes, and leaves the start page in flight. */
  private Set<Lane> withLanes(CrawlRef crawl, int count) {
    Lane start = new Lane(crawl.seed().host(), 0);
    store.acquire(
        new AcquireRequest(new SessionRef(crawl, "s", 0), Optional.empty(), LEASE, List.of(start)));
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Entry entry = Entry.link(i, url(crawl.seed(), "p" + i), 1, url(crawl.seed(), ""));
      links.add(new Link(entry, new Lane("h" + i + ".example", 0), Optional.empty()));
    }
    LaneTurn turn = new LaneTurn(start, 1, List.of(), links, List.of(), Set.of(), false);
    store.turn(
        new TurnRequest(new SessionRef(crawl, "s", 1), LEASE, HostPatience.DEFAULT, List.of(turn)));
    return lanes(crawl);
  }

  private Set<Lane> lanes(CrawlRef crawl) {
    return store.states(List.of(crawl.seed())).values().iterator().next().lanes();
  }

  private String lanesKey(CrawlRef crawl) {
    return new SeedKeys(crawl.seed()).crawl(crawl.crawlId()).lanes();
  }

  @Test
  void allLanesAreFoundWhereTheWholeListIsGone() {
    CrawlRef crawl = opened(new Seed("a.example"));
    Set<Lane> lanes = withLanes(crawl, 1_200);
    assertEquals(1_201, lanes.size());
    backend.client().getKeys().delete(lanesKey(crawl));
    assertEquals(Optional.of(new Repaired(1_201, List.of(), false)), store.repair(crawl.seed()));
    assertEquals(lanes, lanes(crawl));
  }

  @Test
  void aCrawlOfMoreLanesThanAStepTakesAddsUp() {
    CrawlRef crawl = opened(new Seed("a.example"));
    withLanes(crawl, 1_200);
    assertEquals(Optional.of(new Repaired(0, List.of(), false)), store.repair(crawl.seed()));
  }

  @Test
  void lanesOfASeedWhoseNameLooksLikeAPatternAreFound() {
    CrawlRef crawl = opened(new Seed("[::1]:8088"));
    Set<Lane> lanes = lanes(crawl);
    backend.client().getKeys().delete(lanesKey(crawl));
    assertEquals(Optional.of(new Repaired(1, List.of(), false)), store.repair(crawl.seed()));
    assertEquals(lanes, lanes(crawl));
  }

  @Test
  void aCrawlThatAddsUpAgainIsNotDamagedAnyMore() {
    CrawlRef crawl = opened(new Seed("a.example"));
    RMap<String, String> meta =
        backend.client().getMap(new SeedKeys(crawl.seed()).meta(), StringCodec.INSTANCE);
    meta.put("damaged", "it did not add up");
    meta.put("damagedAt", "5");
    assertEquals(
        List.of("it did not add up"),
        store.progress(crawl.seed()).orElseThrow().damage().orElseThrow().differences());
    assertEquals(Optional.of(new Repaired(0, List.of(), true)), store.repair(crawl.seed()));
    assertEquals(Optional.empty(), store.progress(crawl.seed()).orElseThrow().damage());
  }
}
