package io.fcrawler.cli.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much a terminal shows. */
public record TerminalSize(int rows, int columns) {
  public static final TerminalSize USUAL = new TerminalSize(24, 80);

  /**
   * Reads what {@code stty size} prints.
   *
   * @param text null: there is no terminal
   */
  public static Optional<TerminalSize> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("\\d{1,5} \\d{1,5}")) {
      return Optional.of(USUAL);
    }
    int space = text.indexOf(' ');
    int rows = Integer.parseInt(text.substring(0, space));
    int columns = Integer.parseInt(text.substring(space + 1));
    // Some terminals don't know their size, and say 0 0.
    return Optional.of(rows < 2 || columns < 2 ? USUAL : new TerminalSize(rows, columns));
  }
}
