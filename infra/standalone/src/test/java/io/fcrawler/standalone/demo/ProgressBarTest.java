package io.fcrawler.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.client.Crawl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
  private static final Crawl HALF = TestingProgress.crawling(200, 98, 2);

  @Test
  void itShowsThePartThatIsSettled() {
    assertEquals(
        "[" + "#".repeat(20) + ".".repeat(20) + "]  50 %  98 of 200 crawled, 2 failed, 12.3 kB",
        ProgressBar.live(HALF, 200));
    assertEquals(" 50 %  98 of 200 crawled, 2 failed, 12.3 kB", ProgressBar.plain(HALF));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 60, 80, 100, 500})
  void itNeverFillsTheLastColumn(int columns) {
    assertTrue(ProgressBar.live(HALF, columns).length() < columns);
  }

  @Test
  void nothingIsSettledOfNothing() {
    assertTrue(
        ProgressBar.live(TestingProgress.crawling(0, 0, 0), 100).startsWith("[....."),
        () -> ProgressBar.live(TestingProgress.crawling(0, 0, 0), 100));
  }

  @Test
  void onlyTheEndIsAHundredPercent() {
    assertTrue(ProgressBar.plain(TestingProgress.crawling(1000, 999, 0)).startsWith(" 99 %"));
    assertTrue(ProgressBar.plain(TestingProgress.done(1000, 1000, 0, 0)).startsWith("100 %"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1500000, 1.5 MB"})
  void bytesAreInDecimalUnits(long bytes, String text) {
    assertEquals(text, ProgressBar.bytes(bytes));
  }
}
