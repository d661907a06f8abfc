package io.fcrawler.seed;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "0, -1, 0, 1, maxPages must be a whole number at least 1",
    "-2, -1, 0, 1, maxPages must be a whole number at least 1",
    "-1, -2, 0, 1, maxDepth must be a whole number from 0 to 2147483647",
    "-1, -1, -1, 1, delayMs must be a whole number from 0 to 3600000",
    "-1, -1, 3600001, 1, delayMs must be a whole number from 0 to 3600000",
    "-1, -1, 0, 0, connectionsPerHost must be a whole number from 1 to 64",
    "-1, -1, 0, 65, connectionsPerHost must be a whole number from 1 to 64",
  })
  void numbersOutOfRangeAreRefused(
      long maxPages, int maxDepth, long delayMs, int connections, String message) {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> options(maxPages, maxDepth, delayMs, connections, List.of()));

    assertEquals(message, String.valueOf(e.getMessage()).replaceAll(", not .*", ""));
    assertEquals(message.substring(0, message.indexOf(' ')), e.field());
  }

  @Test
  void theEndsOfTheRangesAreTaken() {
    assertDoesNotThrow(() -> options(1, 0, 0, 1, List.of()));
    assertDoesNotThrow(() -> options(Long.MAX_VALUE, Integer.MAX_VALUE, 3_600_000, 64, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "a**", "(?=x)", "\\1", "*", "a{1001}", "x{2,1}"})
  void whatIsNoPatternIsRefused(String pattern) {
    assertRefused(List.of(pattern), "include takes RE2 patterns such as ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(([(]a{1000}[(]){1000}){1000}",
        "(a{1000}){1000}",
        "(a{99,1000}){11}",
        "((((a{10}){10}){10}){10}){10}"
      })
  void patternsOfAHugeProgramAreRefusedBeforeTheyTakeTheMemory(String pattern) {
    assertRefused(List.of(pattern), "include takes fewer or simpler patterns");
  }

  @Test
  void theSizesOfAllPatternsAddUp() {
    List<String> patterns = new ArrayList<>(Collections.nCopies(9, "a{1000}"));
    assertDoesNotThrow(() -> options(1, 0, 0, 1, patterns));

    patterns.add("b{1000}");
    assertRefused(patterns, "include takes fewer or simpler patterns");
  }

  @Test
  void commonPatternsAreTaken() {
    assertDoesNotThrow(() ->
        options(
            1,
            0,
            0,
            1,
            List.of(
                "^https?://[^/]+/docs/",
                "(?i)\\.(pdf|zip|tar\\.gz)$",
                "/\\d{4}/\\d{2}/\\d{2}/",
                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")));
  }

  @Test
  void tooManyAndTooLongPatternsAreRefused() {
    assertRefused(Collections.nCopies(101, "a"), "include takes at most 100 patterns");
    assertRefused(List.of("a".repeat(1001)), "include takes patterns of at most 1000 characters");
  }

  @Test
  void thePatternsAreCopied() {
    List<String> patterns = new ArrayList<>(List.of("a"));
    CrawlOptions options = options(1, 0, 0, 1, patterns);
    patterns.clear();

    assertEquals(List.of("a"), options.include());
  }

  private static CrawlOptions options(
      long maxPages, int maxDepth, long delayMs, int connections, List<String> include) {
    return new CrawlOptions(
        maxPages, maxDepth, false, delayMs, connections, include, List.of(), false);
  }

  private static void assertRefused(List<String> include, String message) {
    BadInputException e = assertThrows(BadInputException.class, () -> options(1, 0, 0, 1, include));
    assertEquals("include", e.field());
    assertEquals(message, String.valueOf(e.getMessage()).substring(0, message.length()));
  }
}
