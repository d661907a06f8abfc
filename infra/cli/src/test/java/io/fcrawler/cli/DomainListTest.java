package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DomainListTest {
  @Test
  void parts_are_small_in_number_and_in_length() {
    assertEquals(
        List.of(List.of("a", "b"), List.of("c")), DomainList.parts(List.of("a", "b", "c"), 2, 99));
    assertEquals(
        List.of(List.of("aaa"), List.of("b", "c")),
        DomainList.parts(List.of("aaa", "b", "c"), 9, 2));
  }
}
