package io.fcrawler.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageSeedTest {
  @Test
  void finds_the_seed_of_the_record_itself() {
    assertEquals(
        Optional.of("a.example"), of("{\"v\":1,\"x\":{\"seed\":\"b\"},\"seed\":\"a.example\",["));
  }

  @Test
  void what_has_none_is_empty() {
    assertEquals(Optional.empty(), of("{\"v\":1}"));
    assertEquals(Optional.empty(), of("{\"seed\":7}"));
    assertEquals(Optional.empty(), of("[]"));
    assertEquals(Optional.empty(), of("no JSON"));
    assertEquals(Optional.empty(), of(""));
  }

  private static Optional<String> of(String json) {
    return PageSeed.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
