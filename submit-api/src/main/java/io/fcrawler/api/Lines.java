package io.fcrawler.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream in UTF-8 that are not blank, without the white space around them, read as
 * they are asked for. A line that is longer than any domain is cut.
 */
final class Lines implements Iterator<String> {
  private static final int LONGEST = 8192;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream stream;
  private final byte[] line = new byte[LONGEST];
  private @Nullable String next;
  private boolean first = true;
  private boolean ended;

  private Lines(InputStream stream) {
    this.stream = stream;
  }

  /** Closes nothing. */
  static Iterator<String> of(InputStream stream) {
    return new Lines(new BufferedInputStream(stream));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      String read = read();
      if (first) {
        read = read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read;
        first = false;
      }
      next = read.isBlank() ? null : read.strip();
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    String line = next;
    next = null;
    return line;
  }

  private String read() {
    int length = 0;
    try {
      int c = stream.read();
      for (; c >= 0 && c != '\n'; c = stream.read()) {
        if (length < LONGEST) {
          line[length++] = (byte) c;
        }
      }
      ended = c < 0;
    } catch (IOException e) {
      throw new UncheckedIOException("the request's body broke off", e);
    }
    return new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
  }
}
