package io.fcrawler.worker.link;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How references are spelled: what is dropped, and what is encoded. */
final class Spelling {
  private static final char REPLACEMENT = '\ufffd';

  private Spelling() {}

  /**
   * The reference without control characters and spaces at its ends, without tabs and line ends
   * anywhere, and with U+FFFD for halves of characters.
   */
  static String clean(String reference) {
    int start = 0;
    int end = reference.length();
    while (start < end && reference.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && reference.charAt(end - 1) <= ' ') {
      end--;
    }
    for (int i = start; i < end; i++) {
      char c = reference.charAt(i);
      if (c == '\t' || c == '\n' || c == '\r' || Character.isSurrogate(c)) {
        return rewritten(reference, start, end);
      }
    }
    return reference.substring(start, end);
  }

  private static String rewritten(String reference, int start, int end) {
    StringBuilder text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = reference.charAt(i);
      if (c == '\t' || c == '\n' || c == '\r') {
        continue;
      }
      if (!Character.isSurrogate(c)) {
        text.append(c);
      } else if (i + 1 < end && Character.isSurrogatePair(c, reference.charAt(i + 1))) {
        text.append(c).append(reference.charAt(++i));
      } else {
        text.append(REPLACEMENT);
      }
    }
    return text.toString();
  }

  /**
   * A query percent-encoded in a page's charset, as far as it is not ASCII. A backslash is encoded
   * too, unlike in browsers, since the normaliser takes none.
   */
  static String encoded(String raw, Charset charset) {
    String query = raw.replace("\\", "%5C");
    boolean unicode = charset.equals(StandardCharsets.UTF_8) || charset.name().startsWith("UTF-");
    if (unicode || !charset.canEncode() || query.chars().allMatch(c -> c < 0x80)) {
      return query; // the normaliser encodes in UTF-8
    }
    CharsetEncoder encoder = charset.newEncoder();
    StringBuilder text = new StringBuilder(query.length() * 3);
    query.codePoints().forEach(c -> append(text, Character.toString(c), encoder));
    return text.toString();
  }

  private static void append(StringBuilder text, String character, CharsetEncoder encoder) {
    int c = character.codePointAt(0);
    if (c < 0x80) {
      text.append((char) c);
    } else if (encoder.canEncode(character)) {
      for (byte b : character.getBytes(encoder.charset())) {
        text.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    } else {
      text.append("%26%23").append(c).append("%3B");
    }
  }
}
