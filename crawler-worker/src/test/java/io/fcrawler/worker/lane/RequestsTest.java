package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.store.RobotsStore;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import io.fcrawler.worker.fetch.PageRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestsTest {
  @Test
  void aSiteWhoseHttpsSaysNothingIsCrawledByHttpWithoutARequestTwice() throws Exception {
    try (SiteServer site = SiteServer.start().html("/", "<a href=/x>x</a>").html("/x", "x");
        TestingLane lane = new TestingLane(site)) {
      site.route("/robots.txt", Answer.text("User-agent: *\nDisallow: /y\n"));
      lane.crawlWithoutScheme();
      assertEquals(
          Map.of("https://" + site.authority() + "/", "withdrawn", "/", "crawled", "/x", "crawled"),
          lane.outcomes());
      assertEquals(
          List.of("/robots.txt", "/", "/x"), site.log().stream().map(Visit::target).toList());
    }
  }

  /** RFC 9309, section 2.5. */
  @Test
  void ofARobotsTxtNoMoreIsReadThanCounts() throws Exception {
    try (SiteServer site = SiteServer.start().html("/x", "x");
        TestingLane lane = new TestingLane(site)) {
      String rules = "User-agent: *\nDisallow: /y\n";
      site.route("/robots.txt", Answer.text(rules + "# filler\n".repeat(200_000)));
      site.html("/x", "<a href=/y>y</a>");

      lane.crawl("/x");

      assertEquals(Map.of("/x", "crawled"), lane.outcomes());
      assertEquals(Map.of("/y", "robots"), lane.excluded());
      assertEquals(
          List.of(RobotsStore.MAX_LENGTH + 1, Integer.MAX_VALUE),
          lane.requests().stream().map(PageRequest::most).toList());
    }
  }
}
