package io.fcrawler.logging;

import java.util.Locale;

/** Text in which every character shows, and none moves or hides others. */
public final class Printable {
  private Printable() {}

  /**
   * The text with an escape, such as <code>&#92;u001b</code>, for each character that is a control,
   * a line or paragraph separator, invisible formatting, which may turn the order of others, or
   * half of one.
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::hidden)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(codePoint -> append(printable, codePoint));
    return printable.toString();
  }

  private static void append(StringBuilder printable, int codePoint) {
    if (!hidden(codePoint)) {
      printable.appendCodePoint(codePoint);
      return;
    }
    switch (codePoint) {
      case '\n' -> printable.append("\\n");
      case '\r' -> printable.append("\\r");
      case '\t' -> printable.append("\\t");
      default -> escape(printable, codePoint);
    }
  }

  /** As in Java and JSON: by UTF-16. */
  private static void escape(StringBuilder printable, int codePoint) {
    for (char unit : Character.toChars(codePoint)) {
      printable.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
  }

  private static boolean hidden(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7f) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
