package io.fcrawler.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.client.Crawl;
import io.fcrawler.client.JsonObject;
import io.fcrawler.testing.web.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressWatchTest {
  private static final SeedSite SITE =
      new SeedSite("a.example", 80, List.of("a.example"), 1, 0, new Site("", Map.of()));

  private final ProgressWatch watch =
      new ProgressWatch(new PatientApi(List.of()), List.of(SITE), () -> false);

  private static Crawl crawl(
      String id, String status, int crawled, int pending, int inFlight, double progress) {
    return new Crawl(
        JsonObject.parse(
            "{\"crawlId\":\"%s\",\"status\":\"%s\",\"total\":10,\"crawled\":%d,\"failed\":1,\"pending\":%d,\"inFlight\":%d,\"progress\":%s}"
                .formatted(id, status, crawled, pending, inFlight, progress)));
  }

  private int problems(boolean couldGoBack, Crawl... answers) throws InterruptedException {
    for (Crawl answer : answers) {
      watch.look(SITE, answer, couldGoBack);
    }
    return watch.stop().size();
  }

  @Test
  void whatGoesOnIsFine() throws InterruptedException {
    assertEquals(
        0,
        problems(
            false,
            crawl("x", "queued", 0, 9, 0, 0.1),
            crawl("x", "crawling", 4, 5, 5, 0.5),
            crawl("x", "paused", 4, 5, 0, 0.5),
            crawl("x", "done", 9, 0, 0, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "crawling, 4, 6, 0, 0.5",
    "crawling, 4, 5, 6, 0.5",
    "crawling, 4, 5, -1, 0.5",
    "crawling, 4, 5, 0, 1.5",
    "crawling, 4, 5, 0, -0.5",
    "finished, 4, 5, 0, 0.5"
  })
  void whatCannotBeIsTold(String status, int crawled, int pending, int inFlight, double progress)
      throws InterruptedException {
    assertEquals(1, problems(true, crawl("x", status, crawled, pending, inFlight, progress)));
  }

  @Test
  void whatGoesBackIsToldUnlessSomethingMayBeLost() throws InterruptedException {
    assertEquals(
        1,
        problems(
            false, crawl("x", "crawling", 4, 5, 0, 0.5), crawl("x", "crawling", 3, 6, 0, 0.4)));
  }

  @Test
  void whatMayBeLostMayGoBack() throws InterruptedException {
    assertEquals(
        0,
        problems(true, crawl("x", "crawling", 4, 5, 0, 0.5), crawl("x", "crawling", 3, 6, 0, 0.4)));
  }

  @Test
  void anotherCrawlBeginsAnew() throws InterruptedException {
    assertEquals(
        0, problems(false, crawl("x", "done", 9, 0, 0, 1), crawl("y", "crawling", 0, 9, 0, 0.1)));
  }

  @Test
  void aWatchWithoutAnAnswerIsNone() throws InterruptedException {
    assertEquals(1, problems(false));
  }
}
