package io.fcrawler.worker.robots;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.fcrawler.store.RobotsStore;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a robots.txt apart into its lines. Their characters are the file's bytes, which are UTF-8
 * (RFC 9309, section 2.3) but may be anything, so that a path in another encoding still is itself.
 */
final class RobotsText {
  /** What is read of a file at most, in bytes (RFC 9309, section 2.5). */
  static final int MAX_LENGTH = RobotsStore.MAX_LENGTH;

  private static final CharMatcher LINE_END = CharMatcher.anyOf("\r\n");
  private static final Splitter LINES = Splitter.on(LINE_END).omitEmptyStrings();
  private static final Pattern TAG = Pattern.compile("<[^<>]*>");
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private RobotsText() {}

  /** A file without what is beyond the limit, and without a line that is cut by it. */
  static byte[] whole(byte[] body) {
    if (body.length <= MAX_LENGTH) {
      return body;
    }
    int end = MAX_LENGTH;
    while (end > 0 && !LINE_END.matches((char) body[end])) {
      end--;
    }
    return Arrays.copyOf(body, end);
  }

  /** The lines that are understood, in order. */
  static List<RobotsLine> lines(byte[] body) {
    String text = decoded(whole(body));
    boolean page = CharMatcher.whitespace().trimLeadingFrom(text).startsWith("<");
    return LINES
        .splitToStream(text)
        .map(line -> page ? TAG.matcher(line).replaceAll("") : line)
        .map(RobotsLine::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Without byte order mark. */
  private static String decoded(byte[] body) {
    if (body.length >= 2 && body[0] == (byte) 0xff && body[1] == (byte) 0xfe) {
      return utf16(body, StandardCharsets.UTF_16LE);
    }
    if (body.length >= 2 && body[0] == (byte) 0xfe && body[1] == (byte) 0xff) {
      return utf16(body, StandardCharsets.UTF_16BE);
    }
    int start = 0;
    while (start < MARK.length && start < body.length && body[start] == MARK[start]) {
      start++; // also where its end is missing, as Google's parser has it
    }
    return new String(body, start, body.length - start, StandardCharsets.ISO_8859_1);
  }

  private static String utf16(byte[] body, Charset charset) {
    byte[] utf8 = new String(body, 2, body.length - 2, charset).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }
}
