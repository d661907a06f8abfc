package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.Loopback;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import io.fcrawler.testing.TestingHttp;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A worker as a process with a small heap, to which 200 bodies of 10 MiB come at once. */
@Timeout(900)
@Tag("long")
@ResourceLock(Deployment.SHARED_GROUP)
final class MemoryTest {
  private static final String HEAP = "-Xmx256m";
  private static final int HOSTS = 20;
  private static final int PAGES = 10;
  private static final long DEADLINE_S = 600;

  /** Lanes of a host: with so many, nearly each page has one of its own. */
  private static final int LANES = 64;

  private static final CrawlOptions OPTIONS =
      new CrawlOptions(-1, -1, false, 0, LANES, List.of(), List.of(), true);

  @TempDir private Path folder;

  @Test
  void twoHundredBodiesOf10MiBAtOnceAreCrawledInASmallHeap() throws Exception {
    int port = Loopback.freePort();
    String hosts =
        IntStream.range(0, HOSTS)
            .mapToObj(host -> host(host) + "=127.0.0.1")
            .collect(Collectors.joining(","));
    Map<String, String> environment = new HashMap<>();
    environment.put("FCRAWLER_RESOLVE", hosts);
    environment.put("FCRAWLER_SESSION_TIMEOUT", "10s");
    environment.put("FCRAWLER_WORKER_PORT", Integer.toString(port));
    try (TestingSite site = TestingSite.start();
        TestingHttp http = new TestingHttp(port);
        Deployment deployment =
            new Deployment(TestingKafka.bootstrapServers(), TestingRedis.url(), environment)) {
      HugePages pages = new HugePages(HOSTS * PAGES * 4 / 5);
      for (int page = 0; page < PAGES; page++) {
        site.route("/page/" + page, pages);
      }
      site.html("/", index());
      try (WorkerProcess worker = WorkerProcess.start(HEAP, deployment.environment(), folder)) {
        crawl(deployment, site.port());
        report(site, http.get("/metrics").body());
        assertFalse(worker.log().contains("OutOfMemoryError"));
      }
    }
  }

  private static void crawl(Deployment deployment, int port) {
    List<CrawlRef> crawls =
        IntStream.range(0, HOSTS)
            .mapToObj(host -> deployment.submit("http://" + host(host) + ":" + port, OPTIONS))
            .toList();
    for (CrawlRef crawl : crawls) {
      Progress done = deployment.awaitDone(crawl, DEADLINE_S);
      assertEquals(PAGES + 1, done.crawled(), done.toString());
      assertEquals(0, done.failed(), done.toString());
    }
  }

  private static String host(int number) {
    return "host" + number + ".example";
  }

  private static String index() {
    return IntStream.range(0, PAGES)
        .mapToObj(page -> "<a href=/page/" + page + ">x</a>")
        .collect(Collectors.joining());
  }

  /** Tells how much there was of all. */
  private void report(TestingSite site, String metrics) throws IOException {
    assertEquals(0, meter(metrics, "fcrawler_memory_used_bytes"), "all is given back");
    Pattern collection = Pattern.compile("(\\d+)M->(\\d+)M");
    int most = 0;
    for (String line : Files.readAllLines(folder.resolve("gc"))) {
      Matcher matcher = collection.matcher(line);
      most = matcher.find() ? Math.max(most, Integer.parseInt(matcher.group(2))) : most;
    }
    System.out.printf(
        "%s: budget %d MiB, heap after collections at most %d MiB, requests %d, up %.0f s%n",
        HEAP,
        (long) meter(metrics, "fcrawler_memory_budget_bytes") >> 20,
        most,
        site.log().size(),
        meter(metrics, "process_uptime_seconds"));
  }

  private static double meter(String metrics, String name) {
    Matcher matcher =
        Pattern.compile("^" + name + "\\{[^}]*} (\\S+)$", Pattern.MULTILINE).matcher(metrics);
    assertTrue(matcher.find(), name);
    return Double.parseDouble(matcher.group(1));
  }
}
