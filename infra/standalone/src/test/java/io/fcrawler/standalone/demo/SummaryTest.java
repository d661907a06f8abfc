package io.fcrawler.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.client.Crawl;
import io.fcrawler.client.JsonObject;
import io.fcrawler.client.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final SiteFacts FACTS = new SiteFacts(100, 3, 5);
  private static final Receipt CLEAN = receipt("clean", 105, "");
  private static final List<String> FAILURES = List.of("http_404", "http_500", "http_404");

  @Test
  void allNumbersAreThere() {
    Summary summary = new Summary(TestingProgress.done(100, 97, 3, 5), FAILURES, CLEAN, FACTS);

    assertTrue(summary.isRight());
    assertEquals(
        List.of(
            "Crawled site:80 in 4.0 s: 25 pages/s, 2.5 MB",
            "  total     100 = 97 crawled + 3 failed",
            "  failed    3 = 2 http_404, 1 http_500",
            "  excluded  5, by robots.txt",
            "  receipt   clean: 105 URLs counted again from what is stored",
            "  the site  has just these: 100 URLs, 3 of them errors, and 5 disallowed"),
        summary.lines());
  }

  @Test
  void aCrawlWithoutFailuresSaysSo() {
    Summary summary =
        new Summary(TestingProgress.done(97, 97, 0, 5), List.of(), CLEAN, new SiteFacts(97, 0, 5));

    assertTrue(summary.isRight());
    assertTrue(summary.lines().contains("  failed    none"), () -> summary.lines().toString());
  }

  @Test
  void numbersThatDoNotAddUpAreWrong() {
    assertFalse(summary(TestingProgress.done(100, 96, 3, 5), CLEAN).isRight());
  }

  @Test
  void anotherSiteThanTheTrueOneIsWrong() {
    Summary summary = summary(TestingProgress.done(99, 96, 3, 5), CLEAN);

    assertFalse(summary.isRight());
    assertTrue(summary.lines().getLast().contains("DIFFERS"), summary.lines().getLast());
  }

  @Test
  void moreOrFewerExclusionsThanTheTrueOnesAreWrong() {
    assertFalse(summary(TestingProgress.done(100, 97, 3, 4), CLEAN).isRight());
  }

  @Test
  void failuresThatAreNotAllListedAreWrong() {
    assertFalse(
        new Summary(TestingProgress.done(100, 97, 3, 5), FAILURES.subList(0, 2), CLEAN, FACTS)
            .isRight());
  }

  @Test
  void aReceiptThatDiffersIsWrongAndToldInFull() {
    Receipt differs = receipt("differs", 104, "\"total is 100, found 99\",\"and more\"");
    Summary summary = summary(TestingProgress.done(100, 97, 3, 5), differs);

    assertFalse(summary.isRight());
    assertTrue(
        summary.lines().contains("  receipt   differs: total is 100, found 99; and more"),
        () -> summary.lines().toString());
  }

  private static Receipt receipt(String verdict, long fingerprints, String differences) {
    return new Receipt(
        JsonObject.parse(
            "{\"verdict\":\"%s\",\"fingerprints\":%d,\"differences\":[%s]}"
                .formatted(verdict, fingerprints, differences)));
  }

  private static Summary summary(Crawl crawl, Receipt receipt) {
    return new Summary(crawl, FAILURES, receipt, FACTS);
  }
}
