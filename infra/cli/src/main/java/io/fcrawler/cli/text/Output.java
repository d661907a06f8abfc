package io.fcrawler.cli.text;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Standard output and standard error, both in UTF-8 whatever the locale. */
public final class Output {
  /** Control characters of both kinds, line separators, and what turns the order of text. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "[\\p{Cntrl}\\x{80}-\\x{9f}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

  private final PrintStream out;
  private final PrintStream err;
  private final Optional<TerminalSize> terminal;

  /**
   * Writes to streams that remain their owner's.
   *
   * @param terminal empty if standard output is none
   */
  public Output(PrintStream out, PrintStream err, Optional<TerminalSize> terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Those of the process. */
  public static Output ofProcess(Optional<TerminalSize> terminal) {
    return new Output(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal);
  }

  private static PrintStream stream(FileDescriptor file) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(file), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }

  public Optional<TerminalSize> terminal() {
    return terminal;
  }

  /** A line of text; what it has of control characters is shown as question marks. */
  public void line(String text) {
    out.print(plain(text) + "\n");
  }

  /** A line of JSON; control characters in it, which JSON allows, are escaped. */
  public void json(String json) {
    String escaped =
        CONTROL
            .matcher(json)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    out.print(escaped + "\n");
  }

  /** Text as it is, at once. */
  public void draw(String text) {
    out.print(text);
    out.flush();
  }

  /** A line on standard error, after all that was written before. */
  public void error(String text) {
    out.flush();
    err.print("fcrawler: " + plain(text) + "\n");
    err.flush();
  }

  /** Writes all out, and tells whether anyone still reads it. */
  public boolean isRead() {
    return !out.checkError();
  }

  public static String plain(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
