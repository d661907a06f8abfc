package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 10.2.3 and 5.6.7. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "5 | PT5S",
        " 120 | PT2M",
        "3600 | PT1H",
        "3601 | PT1H",
        "99999999999999999999 | PT1H",
        "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
        "Sunday, 06-Nov-94 08:49:37 GMT | PT37S",
        "Sun Nov  6 08:49:37 1994 | PT37S",
        "Sun, 06 Nov 1994 08:48:00 GMT | PT0S",
        "Mon, 07 Nov 1994 08:49:37 GMT | PT1H"
      })
  void secondsAndDatesAreWaits(String header, Duration wait) {
    assertEquals(Optional.of(wait), RetryAfter.parse(header, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "5 minutes"})
  void anythingElseIsNone(String header) {
    assertEquals(Optional.empty(), RetryAfter.parse(header, NOW));
  }

  @Test
  void noHeaderIsNone() {
    assertEquals(Optional.empty(), RetryAfter.parse(null, NOW));
  }
}
