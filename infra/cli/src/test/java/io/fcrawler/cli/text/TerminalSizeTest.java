package io.fcrawler.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TerminalSizeTest {
  @Test
  void reads_what_stty_prints() {
    assertEquals(Optional.of(new TerminalSize(50, 120)), TerminalSize.parse("50 120"));
  }

  @Test
  void one_that_is_not_known_is_the_usual_one() {
    assertEquals(Optional.of(TerminalSize.USUAL), TerminalSize.parse("0 0"));
    assertEquals(Optional.of(TerminalSize.USUAL), TerminalSize.parse("what?"));
    assertEquals(Optional.empty(), TerminalSize.parse(null));
  }
}
