package io.fcrawler.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlIdTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

  @Test
  void aNewIdIsAVersionSevenUuidOfItsTime() {
    for (int i = 0; i < 1000; i++) {
      CrawlId id = CrawlId.next(NOW, new Random(i));

      assertEquals(7, id.uuid().version());
      assertEquals(2, id.uuid().variant());
      assertEquals(NOW, id.madeAt());
    }
  }

  @Test
  void laterIdsSortAfterEarlierOnes() {
    CrawlId earlier = CrawlId.next(NOW, new Random(1));
    CrawlId later = CrawlId.next(NOW.plusMillis(1), new Random(2));

    assertTrue(earlier.value().compareTo(later.value()) < 0);
  }

  @Test
  void theShortFormIsTheLastTwelveDigits() {
    CrawlId id = new CrawlId("019566b1-7b91-7aaa-8bbb-0123456789ab");

    assertEquals("0123456789ab", id.shortForm());
    assertEquals("019566b1-7b91-7aaa-8bbb-0123456789ab", id.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "019566B1-7B91-7AAA-8BBB-0123456789AB",
        "019566b1-7b91-7aaa-8bbb-0123456789ab ",
        "019566b17b917aaa8bbb0123456789ab"
      })
  void onlyTheCanonicalFormIsTaken(String value) {
    assertThrows(IllegalArgumentException.class, () -> new CrawlId(value));
  }
}
