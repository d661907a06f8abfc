package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.testing.TestingSentinels;
import io.fcrawler.worker.testing.Logged;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Sentinels make a replica the master in the midst of a crawl: its numbers are exact though. */
@Timeout(600)
@Tag("long")
@ResourceLock(Deployment.SHARED_GROUP)
final class SentinelFailoverTest {
  private static final int PAGES = 800;

  /**
   * Claims that two workers may have at hand, and what they fetch until they hear the new truth.
   */
  private static final int AT_HAND = 250;

  @TempDir private Path folder;
  private TestingSentinels redis;
  private Deployment deployment;
  private TestingSite site;

  @BeforeEach
  void start() throws Exception {
    redis = new TestingSentinels(folder);
    deployment = new Deployment(TestingKafka.bootstrapServers(), redis.url(), Map.of());
    site = site();
    deployment.startWorker();
    deployment.startWorker();
  }

  private static TestingSite site() throws IOException {
    TestingSite site = TestingSite.start();
    SlowTree.grow(site, PAGES, Duration.ofMillis(20));
    return site;
  }

  @AfterEach
  void stop() throws IOException {
    deployment.close();
    site.close();
    redis.close();
  }

  @Test
  void acknowledgedWritesThatAFailoverLosesAreMadeAgain() throws IOException {
    CrawlRef crawl = submit(site);
    deployment.await(crawl, now -> now.crawled() >= 50);
    TestingSentinels.cutOff(redis.second());
    long kept = crawled(redis.second(), crawl.seed());
    try (TestingSite later = site()) {
      CrawlRef submittedLater = submit(later);
      deployment.await(submittedLater, now -> now.crawled() >= 20);
      long told = deployment.await(crawl, now -> now.crawled() >= kept + 50).crawled();
      redis.first().kill();
      assertEquals(kept, crawled(redis.second(), crawl.seed()));
      assertEquals(-1, crawled(redis.second(), submittedLater.seed()));

      Eventually.holds("the replica is the master", () -> redis.isMaster(redis.second()));
      redis.first().restart(); // with all that the new master lacks, and as a master for a while
      assertWhole(crawl, site, told - kept + AT_HAND);
      assertWhole(submittedLater, later, PAGES);
    }
    TestingSentinels.reconcile(redis.second());
    assertOneMaster();
  }

  @Test
  void aFailoverThatSomebodyAsksForLosesNothing() {
    CrawlRef crawl = submit(site);
    deployment.await(crawl, now -> now.crawled() >= 100);
    redis.failOver();
    Eventually.holds("the replica is the master", () -> redis.isMaster(redis.second()));
    assertWhole(crawl, site, AT_HAND);
    assertOneMaster();
  }

  private CrawlRef submit(TestingSite site) {
    return deployment.submit(site.url("/"), Deployment.FAST);
  }

  /** As one server tells it, whatever its part; -1 where it doesn't know the seed. */
  private static long crawled(RedisServer server, Seed seed) {
    String key = "fcrawler:seed:{" + seed.id() + "}:crawled";
    List<String> answer = TestingRedis.call(server, "GET", key);
    return answer.getFirst().equals("$-1") ? -1 : Long.parseLong(answer.get(1));
  }

  private void assertWhole(CrawlRef crawl, TestingSite of, long mostRefetched) {
    Progress done = deployment.awaitDone(crawl);
    assertEquals(PAGES, done.total());
    assertEquals(PAGES, done.crawled());
    List<String> requests =
        of.log().stream().map(Logged::target).filter(it -> !it.equals("/robots.txt")).toList();
    assertEquals(PAGES, requests.stream().distinct().count());
    int again = requests.size() - PAGES;
    assertTrue(again <= mostRefetched, () -> again + " requests were repeated");
  }

  /**
   * One server's own, diverging state is gone then: as a rule the old master's. On a machine that
   * stands still for a while the Sentinels may take the new one for dead, and turn round.
   */
  private void assertOneMaster() {
    Eventually.holds(
        "of the two servers one is the other's replica",
        () -> follows(redis.first(), redis.second()) || follows(redis.second(), redis.first()));
  }

  private boolean follows(RedisServer replica, RedisServer master) {
    return redis.isMaster(master) && TestingSentinels.isReplica(replica, master);
  }
}
