package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.fcrawler.testing.TestingRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The audit of a real Redis. */
@Tag("integration")
@Isolated("it replaces System.out and System.err")
class AuditTest {
  private static final String TOTAL = "fcrawler:seed:{a.example}:total";
  private static final String META = "fcrawler:seed:{a.example}:meta";
  private static final String SEEDS = "{fcrawler}:seeds";
  private static final String ACTIVE = "{fcrawler}:active";

  @TempDir Path folder;
  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private RedisServer redis;
  private RedisCrawlStore store;
  private RedissonClient client;
  private long offset;

  @BeforeEach
  void start() {
    redis = TestingRedis.startPrivate(folder);
    store = new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url())));
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(1);
    client = Redisson.create(config);
  }

  @AfterEach
  void stop() {
    System.setOut(standardOut);
    System.setErr(standardError);
    client.shutdown();
    store.close();
    redis.close();
  }

  private int audit(boolean json) {
    output.reset();
    errors.reset();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    return Main.audit(Map.of("REDIS_URL", redis.url()), json);
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** A crawl with one URL in flight, one failed, one crawled and one waiting. */
  private TestingWorker midCrawl(String id) {
    NotedCommand noted = noted(id);
    store.apply(noted);
    TestingWorker worker = new TestingWorker(store, id);
    worker.claim(1);
    String site = "https://" + id + "/";
    worker.crawled(site + "1", site + "2", site + "3");
    worker.claim(2);
    worker.failed("http_404", 404);
    return worker;
  }

  private NotedCommand noted(String id) {
    Instant now = Instant.now();
    Open open =
        new Open(
            new Seed(id),
            CrawlId.next(now, new SecureRandom()),
            Optional.empty(),
            "https://" + id + "/",
            false,
            CrawlOptions.DEFAULT,
            now);
    NotedCommand noted = new NotedCommand(new Position("topic", 0, offset), open);
    assertEquals(
        Optional.empty(),
        store.note(new NoteRequest(0, "topic", offset, offset + 1, List.of(noted))));
    offset++;
    return noted;
  }

  @Test
  void anEmptyRedisIsCleanAndStaysEmpty() {
    assertEquals(0, audit(false), errors());
    assertEquals("audit: 0 seeds, 0 with a crawl, 0 clean, 0 differ\n", output());
    assertEquals(0, client.getKeys().count());
  }

  @Test
  void crawlsUnderWayAndFinishedOnesAreCleanAndNothingIsWritten() {
    store.checkCompatible();
    midCrawl("a.example");
    midCrawl("b.example").finish();
    noted("c.example");
    long keys = client.getKeys().count();

    assertEquals(0, audit(false), errors());
    assertEquals("audit: 3 seeds, 2 with a crawl, 2 clean, 0 differ\n", output());
    assertEquals(keys, client.getKeys().count());
  }

  @Test
  void aTamperedCounterIsFound() throws JsonProcessingException {
    midCrawl("a.example");
    midCrawl("b.example");
    client.getAtomicLong(TOTAL).incrementAndGet();

    assertEquals(1, audit(false), errors());
    assertTrue(output().startsWith("a.example  differs: total is 5, but "), output());
    assertTrue(output().endsWith("\naudit: 2 seeds, 2 with a crawl, 1 clean, 1 differ\n"));

    assertEquals(1, audit(true), errors());
    JsonNode json = new ObjectMapper().readTree(output());
    assertEquals("a.example", json.at("/differences/0/seed").textValue());
    assertTrue(json.at("/differences/0/differences/0").textValue().startsWith("total is 5"));
    assertEquals(2, json.path("crawls").intValue());
    assertEquals(1, json.path("differ").intValue());
    assertEquals(client.getKeys().count(), json.path("keys").longValue());
  }

  @Test
  void aCounterThatIsGoneIsReadFromItsCopyAndWithoutOneFound() {
    midCrawl("a.example");
    client.getBucket(TOTAL).delete();
    assertEquals(0, audit(false), errors());

    client.getMap(META).fastRemove("counters");
    assertEquals(1, audit(false), errors());
    assertTrue(output().startsWith("a.example  differs: total is 0, but "), output());
  }

  @Test
  void anUnfinishedCrawlWhoseSeedIsNotListedIsFoundAndAFinishedOneIsForgiven() {
    midCrawl("a.example");
    midCrawl("b.example").finish();
    midCrawl("c.example");
    midCrawl("d.example");
    client.getScoredSortedSet(SEEDS).removeAll(List.of("a.example", "b.example", "c.example"));
    client.getMap(ACTIVE).fastRemove("a.example", "b.example");

    assertEquals(1, audit(false), errors());
    assertEquals(
        """
        a.example  differs: the crawl is crawling, but the seed is not listed
        audit: 4 seeds, 4 with a crawl, 3 clean, 1 differ
        """,
        output());
  }

  @Test
  void aRedisOfAnotherVersionIsRefused() {
    client.getMap("fcrawler:metadata").put("schemaVersion", "2");

    assertEquals(2, audit(false));
    assertEquals("", output());
    assertTrue(errors().contains("the state in Redis has schemaVersion 2"), errors());
  }

  @Test
  void aRedisThatDoesNotAnswerIsToldApart() {
    redis.kill();

    assertEquals(3, audit(true));
    assertEquals("", output());
    assertTrue(errors().startsWith("submit-api: Redis cannot be reached: "), errors());
  }
}
