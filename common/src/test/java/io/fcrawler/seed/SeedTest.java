package io.fcrawler.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "127.0.0.1:8088, 127.0.0.1",
    "[::1], [::1]",
    "[::1]:8088, [::1]",
  })
  void theHostIsWithoutThePort(String id, String host) {
    assertEquals(host, new Seed(id).host());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a{b", "a}b"})
  void anIdThatWouldBreakTheHashTagIsRefused(String id) {
    assertThrows(IllegalArgumentException.class, () -> new Seed(id));
  }
}
