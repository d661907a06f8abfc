package io.fcrawler.worker.link;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How references are spelled: what is dropped, and what is encoded. */
final class Spelling {
  private static final char REPLACEMENT = '\ufffd';
  private static final int OUTPUT = 512;
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
    CharBuffer in = CharBuffer.wrap(query);
    ByteBuffer out = ByteBuffer.allocate(OUTPUT);
    StringBuilder text = new StringBuilder(query.length() * 3);
    CoderResult result;
    do {
      result = encoder.encode(in, out, true);
      append(text, out);
      if (result.isError()) {
        text.append("%26%23").append(reported(query.codePointAt(in.position()))).append("%3B");
        in.position(in.position() + result.length());
      }
    } while (!result.isUnderflow());
    encoder.flush(out);
    append(text, out);
    return text.toString();
  }

  /** The escapes of ISO-2022-JP, which it has no other bytes for, are never named. */
  private static int reported(int codePoint) {
    return codePoint < ' ' ? REPLACEMENT : codePoint;
  }

  /** Appends what was written, and makes room. */
  private static void append(StringBuilder text, ByteBuffer written) {
    written.flip();
    while (written.hasRemaining()) {
      byte b = written.get();
      if (b > ' ' && b < 0x7f && ENCODED.indexOf(b) < 0) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    written.clear();
  }
}
