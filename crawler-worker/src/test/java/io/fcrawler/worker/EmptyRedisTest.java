package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.EmptyState;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that lost all beside a Kafka that kept its commands. */
@Timeout(600)
@Tag("integration")
final class EmptyRedisTest {
  private static final Map<String, String> WAITING = Map.of("FCRAWLER_ON_EMPTY_STATE", "wait");

  @TempDir private Path folder;
  private SiteServer site;
  private SiteServer another;
  private OwnServers servers;
  private Deployment deployment;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    another = SiteServer.start().html("/", "fine");
    site = SiteServer.start();
    site.html("/", "<a href=/1>x</a> <a href=/2>y</a>");
    site.html("/1", "fine");
    site.html("/2", "fine");
    servers = new OwnServers(folder, WAITING);
    deployment = servers.deployment;
  }

  @AfterEach
  void stop() throws IOException {
    servers.close();
    site.close();
    another.close();
  }

  private CrawlRef crawled() {
    CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
    assertEquals(3, deployment.awaitDone(crawl).crawled());
    return crawl;
  }

  private void empty() {
    assertEquals(List.of("+OK"), TestingRedis.call(servers.redis, "FLUSHALL"));
  }

  private Optional<EmptyState> found() {
    try {
      return deployment.store.emptyState();
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  private boolean rests() {
    return found().filter(EmptyState::rests).isPresent();
  }

  @Test
  void noSiteIsAskedWithinTheGraceThatAllWorkersHeed() throws Exception {
    Map<String, String> grace = Map.of("FCRAWLER_EMPTY_STATE_GRACE", "5s");
    try (Deployment recrawling =
        new Deployment(servers.kafka.bootstrapServers(), servers.redis.url(), grace)) {
      Worker first = recrawling.startWorker();
      CrawlRef crawl = crawled();
      recrawling.stop(first);
      empty();
      int requests = site.log().size();
      recrawling.startWorker();
      Worker restarted = recrawling.startWorker();
      Eventually.holds("it is found", () -> found().isPresent());
      assertEquals(1, found().orElseThrow().commands());
      recrawling.stop(restarted);
      recrawling.startWorker();
      deployment.await(crawl, now -> now.status() == CrawlStatus.CRAWLING);
      for (int before = requests; rests(); before = site.log().size()) {
        assertEquals(requests, before);
      }
      assertEquals(3, deployment.awaitDone(crawl).crawled());
      assertEquals(2L, site.requests("/1"));
    }
  }

  @Test
  void crawlsMayBePausedAndCancelledWhileWorkersWait() {
    deployment.startWorker();
    CrawlRef crawl = crawled();
    CrawlRef other = deployment.submit(another.url("/"), Deployment.FAST);
    deployment.awaitDone(other);
    int requests = site.log().size();
    empty(); // under a worker that goes on
    deployment.await(crawl, now -> now.status() == CrawlStatus.CRAWLING);
    deployment.await(other, now -> now.status() == CrawlStatus.CRAWLING);
    assertTrue(found().orElseThrow().waits());
    deployment.log.append(new Command.Cancel(other.seed(), other.crawlId()));
    deployment.log.append(new Command.Pause(crawl.seed(), crawl.crawlId()));
    deployment.await(other, now -> now.status() == CrawlStatus.CANCELLED);
    deployment.await(crawl, now -> now.status() == CrawlStatus.PAUSED);
    assertEquals(requests, site.log().size());
    assertTrue(deployment.store.endRest());
    deployment.log.append(new Command.Resume(crawl.seed(), crawl.crawlId()));
    assertEquals(3, deployment.awaitDone(crawl).crawled());
    assertEquals(0, deployment.store.progress(other.seed()).orElseThrow().crawled());
  }

  @Test
  void aRestoredRedisEndsTheWaitAndNothingIsCrawledAnew() throws Exception {
    deployment.startWorker();
    CrawlRef crawl = crawled();
    Eventually.holds("Redis has written its file", this::written);
    int requests = site.log().size();
    servers.redis.kill();
    Path kept = folder.resolve("kept");
    copy(servers.redis.directory().resolve("appendonlydir"), kept);
    servers.redis.restart();
    Eventually.holds("it is back", () -> deployment.store.problem().isEmpty());
    empty();
    Eventually.holds("workers wait", this::rests);
    assertEquals(requests, site.log().size());
    servers.redis.kill();
    Path now = servers.redis.directory().resolve("appendonlydir");
    delete(now);
    copy(kept, now);
    servers.redis.restart();
    Eventually.holds("it is back", () -> deployment.store.problem().isEmpty());
    assertFalse(found().isPresent());
    deployment.await(crawl, it -> it.status() == CrawlStatus.DONE);
    deployment.awaitDone(deployment.submit(another.url("/"), Deployment.FAST));
    assertEquals(requests, site.log().size());
  }

  private boolean written() {
    List<String> info = TestingRedis.call(servers.redis, "INFO", "persistence");
    return info.containsAll(List.of("aof_buffer_length:0", "aof_pending_bio_fsync:0"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(file -> {
        try {
          Files.copy(file, to.resolve(file.getFileName().toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aFirstInstallationIsNeverMeant() {
    CrawlRef crawl = deployment.submitWithoutStore(site.url("/"), Deployment.FAST);
    deployment.startWorker(); // by whom Redis is used for the first time
    assertEquals(3, deployment.awaitDone(crawl).crawled());
    assertFalse(found().isPresent());
  }

  @Test
  void aStateOfAnOlderProgramIsNotMeant() {
    Worker old = deployment.startWorker();
    CrawlRef crawl = crawled();
    deployment.stop(old);
    assertEquals(
        List.of(":1"), TestingRedis.call(servers.redis, "HDEL", "fcrawler:metadata", "firstStart"));
    deployment.startWorker();
    CrawlRef next = deployment.submit(site.url("/"), Deployment.FAST);
    assertFalse(next.equals(crawl));
    assertEquals(3, deployment.awaitDone(next).crawled());
    assertFalse(found().isPresent());
  }
}
