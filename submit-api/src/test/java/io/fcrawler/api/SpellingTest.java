package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private static final List<String> KNOWN = List.of("domain", "maxPages", "maxDepth", "include");

  @ParameterizedTest
  @CsvSource({
    "MAXPAGES, maxPages",
    "max-pages, maxPages",
    "maxPage, maxPages",
    "mxaPages, maxPages",
    "maxDeph, maxDepth",
    "domains, domain",
    "includes, include",
  })
  void theNearestNameIsMeant(String name, String meant) {
    assertEquals(Optional.of(meant), Spelling.nearest(name, KNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "colour", "seed-of-the-crawl"})
  void whatIsFarFromAllMeansNone(String name) {
    assertEquals(Optional.empty(), Spelling.nearest(name, KNOWN));
  }

  @Test
  void aVeryLongNameMeansNone() {
    assertEquals(Optional.empty(), Spelling.nearest("x".repeat(1_000_000), KNOWN));
  }
}
