package io.fcrawler.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a stream in UTF-8 that are not blank, without the white space around them. A line
 * that is longer than any domain is cut.
 */
final class Lines implements Batches {
  private static final int LONGEST = 8192;
  private static final int READ_AT_ONCE = 16_384;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** No domain begins so, but JSON does. */
  private static final Pattern JSON = Pattern.compile("\\{.*|\\[\\s*([\\[{\"].*)?");

  private final InputStream stream;
  private final byte[] bytes = new byte[READ_AT_ONCE];
  private int length;
  private final byte[] line = new byte[LONGEST];
  private int lineLength;
  private boolean atStart = true;
  private boolean any;

  /** Closes nothing. */
  Lines(InputStream stream) {
    this.stream = new BufferedInputStream(stream, READ_AT_ONCE);
  }

  /** Reads what is there, and waits only where nothing is; the end is a part of its own. */
  @Override
  public boolean read() {
    if (length < 0) {
      return false;
    }
    try {
      length = stream.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the request's body broke off", e);
    }
    return true;
  }

  /**
   * The lines that have ended.
   *
   * @throws io.javalin.http.UnsupportedMediaTypeResponse if the first begins as JSON does
   */
  @Override
  public List<String> domains() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        end(lines);
      } else if (lineLength < LONGEST) {
        line[lineLength++] = bytes[i];
      }
    }
    if (length < 0) {
      end(lines);
    }
    return lines;
  }

  private void end(List<String> lines) {
    String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
    lineLength = 0;
    String stripped =
        (atStart && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    atStart = false;
    if (stripped.isEmpty()) {
      return;
    }
    if (!any && JSON.matcher(stripped).matches()) {
      throw JsonBody.notTyped();
    }
    any = true;
    lines.add(stripped);
  }
}
