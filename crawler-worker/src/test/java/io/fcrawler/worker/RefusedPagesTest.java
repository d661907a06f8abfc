package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.EmbeddedKafka;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose page records Kafka refuses for longer than the lease. */
@Timeout(600)
@Tag("integration")
final class RefusedPagesTest {
  private static final int PAGES = 60;
  private static final String WHY =
      "Kafka does not let this program's user write to fcrawler.pages";

  @TempDir private Path folder;

  @Test
  void theCrawlStandsStillAndSaysWhyAndGoesOnByItselfWithoutARequestTwice() throws Exception {
    try (RedisServer redis = TestingRedis.startPrivate(folder.resolve("redis"));
        EmbeddedKafka kafka =
            EmbeddedKafka.start(folder.resolve("kafka"), 0, WritePermission.ASKED_FOR);
        Deployment deployment = new Deployment(kafka.bootstrapServers(), redis.url(), Map.of());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        SiteServer site = SiteServer.start()) {
      site.serve(Site.tree(PAGES, Duration.ofMillis(5)));
      WritePermission.deny(admin);
      Worker worker = deployment.startWorker();
      CrawlRef crawl = deployment.submit(site.url("/"), Deployment.FAST);
      Eventually.holds("it is told", () -> Optional.of(WHY).equals(told(deployment)));
      long sinceNs = System.nanoTime();
      Eventually.holds(
          "the lease of 3 s would be over",
          () -> System.nanoTime() - sinceNs > Duration.ofSeconds(5).toNanos());

      assertEquals(Optional.of(WHY), told(deployment));
      assertTrue(worker.outputProblem().orElseThrow().endsWith(WHY));
      assertEquals(Optional.empty(), worker.problem(), "nothing else is the matter");
      assertEquals(
          CrawlStatus.CRAWLING, deployment.store.progress(crawl.seed()).orElseThrow().status());

      WritePermission.allow(admin);
      assertEquals(PAGES, deployment.awaitDone(crawl).crawled());
      assertEquals(PAGES + 1, site.log().size(), "robots.txt, and each page once");
      Eventually.holds("that is over", () -> told(deployment).isEmpty());
    }
  }

  private static Optional<String> told(Deployment deployment) {
    return deployment.store.workers().all().stream()
        .map(WorkerReport::problem)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
