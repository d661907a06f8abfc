package io.fcrawler.worker.link;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How references are spelled: what is dropped, and what is encoded. */
final class Spelling {
  private static final char REPLACEMENT = '\ufffd';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The special-query percent-encode set, as far as it is printed ASCII; and the backslash. */
  private static final String ENCODED = "\"#<>'\\";

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
   * A query in a page's charset, as far as it is not ASCII. A backslash is encoded too, unlike in
   * browsers, since the normaliser takes none.
   *
   * @see <a href="https://url.spec.whatwg.org/#string-percent-encode-after-encoding">WHATWG URL,
   *     percent-encode after encoding</a>
   */
  static String encoded(String raw, Charset charset) {
    String query = raw.replace("\\", "%5C");
    boolean unicode = charset.equals(StandardCharsets.UTF_8) || charset.name().startsWith("UTF-");
    if (unicode || !charset.canEncode() || query.chars().allMatch(c -> c < 0x80)) {
      return query; // the normaliser encodes in UTF-8
    }
    CharsetEncoder encoder = charset.newEncoder();
    StringBuilder text = new StringBuilder(query.length() * 3);
    int at = 0;
    while (at < query.length()) {
      int end = endOfRun(query, at, encoder);
      if (end > at) {
        append(text, query.substring(at, end).getBytes(charset));
        at = end;
      } else {
        int c = query.codePointAt(at);
        text.append(c < 0x80 ? Character.toString(c) : "%26%23" + c + "%3B");
        at += Character.charCount(c);
      }
    }
    return text.toString();
  }

  /** Where the characters beyond ASCII that the charset has end; they may share escapes. */
  private static int endOfRun(String query, int start, CharsetEncoder encoder) {
    int end = start;
    while (end < query.length() && query.charAt(end) >= 0x80) {
      int length = Character.charCount(query.codePointAt(end));
      if (!encoder.canEncode(query.substring(end, end + length))) {
        break;
      }
      end += length;
    }
    return end;
  }

  private static void append(StringBuilder text, byte[] bytes) {
    for (byte b : bytes) {
      if (b > ' ' && b < 0x7f && ENCODED.indexOf(b) < 0) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
  }
}
