package io.fcrawler.standalone;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds how much of an append-only file of commands (an increment, not a base) can be believed: up
 * to the end of the last whole command before the first that is none, outside a transaction. The
 * form is that of the Redis protocol, with lines that begin with {@code #} between commands.
 *
 * <p>Stricter than redis-check-aof: a command's name must look like one, as zeros within a name
 * leave the form intact.
 */
final class AofScanner {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.|-]*");
  private static final int MOST_WORDS = 1 << 20;
  private static final int LONGEST_WORD = 512 << 20;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_LINE = 1024;

  private final InputStream in;
  private final String unknownName;
  private long position;

  private AofScanner(InputStream in, String unknownName) {
    this.in = in;
    this.unknownName = unknownName;
  }

  /** A file's form is broken here. */
  private static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The length of the good part.
   *
   * @param unknownName a command's name that the server doesn't know; empty if there is none
   */
  static long goodLength(Path file, String unknownName) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return new AofScanner(in, unknownName).scan();
    }
  }

  private long scan() throws IOException {
    long good = 0;
    boolean inTransaction = false;
    try {
      for (int first = read(); first >= 0; first = read()) {
        if (first == '#') {
          skipAnnotation();
        } else if (first == '*') {
          String name = command();
          inTransaction = name.equals("MULTI") || (inTransaction && !name.equals("EXEC"));
        } else {
          return good;
        }
        good = inTransaction ? good : position;
      }
    } catch (EOFException | BrokenException e) {
      // What follows the last whole command is what the caller wants to be rid of.
      return good;
    }
    return good;
  }

  /** Reads a command after its asterisk, and answers its name in upper case. */
  private String command() throws IOException {
    int words = number(MOST_WORDS);
    if (words < 1) {
      throw new BrokenException();
    }
    String name = name();
    for (int i = 1; i < words; i++) {
      expect('$');
      skip(number(LONGEST_WORD));
      expectEndOfLine();
    }
    return name;
  }

  private String name() throws IOException {
    expect('$');
    byte[] bytes = in.readNBytes(number(LONGEST_NAME));
    position += bytes.length;
    expectEndOfLine();
    String name = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!NAME.matcher(name).matches() || name.equalsIgnoreCase(unknownName)) {
      throw new BrokenException();
    }
    return name.toUpperCase(Locale.ROOT);
  }

  private int number(int most) throws IOException {
    long number = 0;
    int digits = 0;
    int next = read();
    for (; next >= '0' && next <= '9'; next = read()) {
      number = number * 10 + (next - '0');
      if (++digits > 10) {
        throw new BrokenException();
      }
    }
    if (digits == 0 || number > most || next != '\r') {
      throw new BrokenException();
    }
    expect('\n');
    return (int) number;
  }

  private void skipAnnotation() throws IOException {
    for (int i = 0; i < LONGEST_LINE; i++) {
      int next = read();
      if (next == '\n') {
        return;
      }
      if (next < 0) {
        throw new EOFException();
      }
    }
    throw new BrokenException();
  }

  private void skip(int count) throws IOException {
    in.skipNBytes(count);
    position += count;
  }

  private void expectEndOfLine() throws IOException {
    expect('\r');
    expect('\n');
  }

  private void expect(int wanted) throws IOException {
    int next = read();
    if (next < 0) {
      throw new EOFException();
    }
    if (next != wanted) {
      throw new BrokenException();
    }
  }

  private int read() throws IOException {
    int next = in.read();
    position += next < 0 ? 0 : 1;
    return next;
  }
}
