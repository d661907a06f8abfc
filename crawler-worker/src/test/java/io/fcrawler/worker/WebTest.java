package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.AddressPolicy;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.FetchSettings;
import io.fcrawler.worker.fetch.HostOverrides;
import io.fcrawler.worker.fetch.OkHttpFetcher;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.robots.RobotsAnswer;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fetching, robots.txt and parsing together find a site, and ask for each of its URLs once. */
class WebTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration ANY_AGE = Duration.ofDays(1);

  private final PageParser parser = new PageParser("fcrawler");
  private final RobotsCache robots =
      new RobotsCache(
          RobotsSettings.of("fcrawler"), new MemoryCrawlStore(InstantSource.system()).robots());
  private final Map<String, String> ends = new TreeMap<>();

  @Test
  void aSiteIsFoundAndAskedOnceForEachOfItsUrls() throws Exception {
    FetchSettings settings =
        FetchSettings.DEFAULT.withAddresses(AddressPolicy.parse("127.0.0.1"), HostOverrides.NONE);
    try (SiteServer site = site();
        OkHttpFetcher fetcher = new OkHttpFetcher(settings)) {
      crawl(fetcher, CrawlUrl.parse(site.url("/")).orElseThrow());
      assertEquals(
          Map.of(
              "/", "200",
              "/a/", "200",
              "/a/b?c=1", "200",
              "/data.pdf", "200",
              "/gone", "http_404",
              "/moved", "301",
              "/private/x", "robots",
              "/reset", "connection_reset",
              "/target", "200"),
          ends);
      List<String> asked =
          site.log().stream()
              .map(Visit::target)
              .filter(target -> !target.equals("/reset"))
              .toList();
      assertEquals(asked.size(), Set.copyOf(asked).size(), asked.toString());
      assertEquals(ends.size() - 1, asked.size()); // not /private/x, but /robots.txt
      // a kept connection that is reset may have been dead before; the request is sent once more
      assertTrue(site.requests("/reset") <= 2);
    }
  }

  private static SiteServer site() throws Exception {
    return SiteServer.start()
        .route("/robots.txt", Answer.text("User-agent: *\nDisallow: /private/"))
        .html("/", "<a href=a/>a</a><a href=/gone>x</a><a href=/private/x>x</a><a href=#top>x</a>")
        .html("/a/", "<a href='b?c=1'>b</a><a href=/moved>m</a><a href='../reset'>r</a>")
        .html("/a/b", "<a href='/'>home</a><a href=/data.pdf>pdf</a><a href='?c=1#x'>self</a>")
        .route("/moved", Answer.redirect(301, "/target"))
        .html("/target", "<a href='mailto:a@b.example'>mail</a>")
        .route("/data.pdf", Answer.of(200, "application/pdf", new byte[] {'<', 'a'}))
        .route("/reset", Misbehaviour.resetting());
  }

  private void crawl(OkHttpFetcher fetcher, CrawlUrl start) throws InterruptedException {
    Deque<CrawlUrl> queue = new ArrayDeque<>(List.of(start));
    while (!queue.isEmpty()) {
      CrawlUrl url = queue.remove();
      String target =
          url.value()
              .substring(url.value().indexOf(url.authority()))
              .substring(url.authority().length());
      if (ends.containsKey(target)) {
        continue;
      }
      RobotsAnswer rules = robots.rules(url, ANY_AGE, robotsUrl -> fetcher.fetch(robotsUrl, LIMIT));
      if (!(rules instanceof RobotsAnswer.Known known) || !known.rules().allowed(url)) {
        ends.put(target, "robots");
        continue;
      }
      FetchOutcome outcome = fetcher.fetch(url, LIMIT);
      ends.put(target, end(outcome));
      queue.addAll(links(outcome));
    }
  }

  private static String end(FetchOutcome outcome) {
    return switch (outcome) {
      case Fetched fetched -> "" + fetched.status();
      case Redirected redirected -> "" + redirected.status();
      case Rejected rejected -> rejected.reason();
      case Deferred deferred -> deferred.reason();
    };
  }

  private Set<CrawlUrl> links(FetchOutcome outcome) {
    return switch (outcome) {
      case Fetched fetched ->
          Set.copyOf(parser.parse(fetched.url(), fetched.meta(), fetched.body()).links());
      case Redirected redirected ->
          redirected.location().flatMap(to -> LinkResolver.resolve(redirected.url(), to)).stream()
              .collect(Collectors.toSet());
      case Rejected rejected -> Set.of();
      case Deferred deferred -> Set.of();
    };
  }
}
