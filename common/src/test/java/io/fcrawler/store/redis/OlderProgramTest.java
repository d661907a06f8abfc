package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.TurnReply.Turned;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/** What programs of 0.1.0 wrote is read, and they can read what is written, while both run. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OlderProgramTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final String CHANNEL = "fcrawler:announcements";
  private static final Seed SEED = new Seed("a.example");
  private static final Lane LANE = new Lane("a.example", 0);
  private static final CrawlRef CRAWL =
      new CrawlRef(SEED, CrawlId.next(Instant.ofEpochMilli(1_000), new Random(1)));

  private final RedisBackend backend = new RedisBackend();
  private final CrawlStore store = backend.store();

  @BeforeEach
  void open() {
    backend.clear();
    Open open =
        new Open(
            SEED,
            CRAWL.crawlId(),
            Optional.empty(),
            "https://a.example/",
            false,
            CrawlOptions.DEFAULT,
            Instant.ofEpochMilli(1_000));
    store.apply(new NotedCommand(position(0), open));
    store.acquire(
        new AcquireRequest(new SessionRef(CRAWL, "s", 0), Optional.empty(), LEASE, List.of(LANE)));
  }

  @AfterAll
  void close() {
    backend.close();
  }

  private static Position position(long offset) {
    return new Position("topic", Slots.of(SEED.host()), offset);
  }

  private Held turn(int claims, HostReport... reports) {
    LaneTurn turn =
        new LaneTurn(LANE, claims, List.of(), List.of(), List.of(reports), Set.of(), true);
    TurnRequest request = new TurnRequest(new SessionRef(CRAWL, "s", 1), LEASE, List.of(turn));
    Turned reply = assertInstanceOf(Turned.class, store.turn(request));
    return assertInstanceOf(Held.class, reply.lanes().get(LANE));
  }

  private RMap<String, String> hosts() {
    String key = new SeedKeys(SEED).crawl(CRAWL.crawlId()).hosts();
    return backend.client().getMap(key, StringCodec.INSTANCE);
  }

  @Test
  void aPauseThatAnOlderWorkerNotedIsKept() {
    long until = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
    hosts().put(LANE.host(), until + " pause");
    Held held = turn(1);
    assertEquals(List.of(), held.claimed());
    assertTrue(held.nextDue().orElseThrow().compareTo(Duration.ofMinutes(50)) > 0, held::toString);
  }

  @Test
  void aPauseIsNotedAsOlderWorkersReadIt() {
    turn(0, new Troubled("http_503", true, Duration.ofHours(1)));
    String record = Objects.requireNonNull(hosts().get(LANE.host()));
    long until = Long.parseLong(record.split(" ", 2)[0]);
    assertTrue(until > System.currentTimeMillis() + Duration.ofMinutes(50).toMillis());
  }

  @Test
  void olderWorkersHearOfLanesAndCrawlsAlone() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    backend
        .client()
        .getTopic(CHANNEL, StringCodec.INSTANCE)
        .addListener(String.class, (_, message) -> heard.add(message));
    turn(0, new Troubled("http_503", true, Duration.ofHours(1)));
    store.apply(new NotedCommand(position(1), new Pause(SEED, CRAWL.crawlId())));
    assertEquals("a.example *", heard.poll(120, TimeUnit.SECONDS));
  }
}
