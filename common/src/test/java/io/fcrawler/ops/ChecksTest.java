package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void aCheckThatThrowsIsNotWell() {
    Checks checks =
        new Checks(
            List.of(
                new Check(
                    "a",
                    () -> {
                      throw new IllegalStateException("secret");
                    }),
                Check.reachable("b", () -> true)));

    assertEquals(
        Map.of("a", Optional.of("failed: IllegalStateException"), "b", Optional.empty()),
        checks.run());
  }
}
