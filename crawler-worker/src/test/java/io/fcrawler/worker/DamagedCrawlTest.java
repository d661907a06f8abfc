package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.command.Command;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.testing.web.SiteServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Crawls of whose state in Redis a part is deleted under the worker. */
@Timeout(600)
@Tag("integration")
final class DamagedCrawlTest {
  private static final int PAGES = 42;
  private static final CrawlOptions ONE_LANE =
      new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), false);

  @TempDir private Path folder;
  private OwnServers servers;
  private SiteServer site;
  private CrawlRef crawl;

  @BeforeEach
  void pauseACrawlInItsMidst() throws Exception {
    site = SiteServer.start();
    StringBuilder links = new StringBuilder();
    for (int i = 1; i < PAGES; i++) {
      links.append("<a href=/").append(i).append(">x</a> ");
      site.html("/" + i, "fine");
    }
    site.html("/", links.toString());
    servers = new OwnServers(folder, Map.of());
    crawl = servers.deployment.submit(site.url("/"), ONE_LANE);
    servers.deployment.log.append(new Command.Pause(crawl.seed(), crawl.crawlId()));
  }

  @AfterEach
  void stop() throws Exception {
    servers.close();
    site.close();
  }

  private Deployment deployment() {
    return servers.deployment;
  }

  private static boolean rests(Progress now) {
    return now.status() == CrawlStatus.PAUSED && now.inFlight() == 0;
  }

  private void resume() {
    deployment().log.append(new Command.Resume(crawl.seed(), crawl.crawlId()));
  }

  private void delete(String name) {
    String shortId = crawl.crawlId().shortForm();
    String key = "fcrawler:seed:{%s}:%s:%s".formatted(crawl.seed().id(), shortId, name);
    assertEquals(List.of(":1"), TestingRedis.call(servers.redis, "DEL", key), key);
  }

  private String lane() {
    return crawl.seed().host() + "/0";
  }

  @Test
  void aCrawlThatLostItsQueueSaysSoAndIsCrawledWhenItIsSubmittedAgain() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    deployment().startWorker(registry);
    deployment().await(crawl, DamagedCrawlTest::rests);
    delete("queue:" + lane());
    resume();
    Progress damaged = deployment().await(crawl, now -> now.damage().isPresent());
    assertEquals(CrawlStatus.CRAWLING, damaged.status());
    assertEquals(
        deployment().receipt(crawl.seed()).differences(),
        damaged.damage().orElseThrow().differences());
    Eventually.holds(
        "it is listed", () -> deployment().store.damaged().equals(Set.of(crawl.seed())));
    Eventually.holds(
        "it is counted", () -> registry.get("fcrawler.damaged.crawls").gauge().value() == 1);
    deployment().log.append(new Command.Cancel(crawl.seed(), crawl.crawlId()));
    deployment().await(crawl, now -> now.status() == CrawlStatus.CANCELLED);
    Eventually.holds("it is listed no more", () -> deployment().store.damaged().isEmpty());
    assertEquals(
        PAGES, deployment().awaitDone(deployment().submit(site.url("/"), ONE_LANE)).crawled());
  }

  @Test
  void aCrawlThatLostTheListOfItsLanesGoesOnByItself() {
    Worker first = deployment().startWorker();
    deployment().await(crawl, DamagedCrawlTest::rests);
    deployment().stop(first);
    delete("lanes");
    resume();
    deployment().startWorker();
    assertEquals(PAGES, deployment().awaitDone(crawl).crawled());
    assertEquals(
        Optional.empty(), deployment().store.progress(crawl.seed()).orElseThrow().damage());
  }
}
