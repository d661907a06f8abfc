package io.fcrawler.worker.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A page's markup as characters.
 *
 * @param charset in which the page is written
 */
record PageText(String markup, Charset charset) {

  /** Decodes by byte order mark, then content type, then what the page declares, then what fits. */
  static PageText of(byte[] body, Optional<String> contentType, ContentKind kind) {
    Optional<Charset> marked = byteOrderMark(body);
    if (marked.isPresent()) {
      int length = marked.get().equals(StandardCharsets.UTF_8) ? 3 : 2;
      return decoded(body, length, marked.get());
    }
    return contentType
        .flatMap(MimeType::ofHeaders)
        .flatMap(MimeType::charset)
        .or(() -> kind == ContentKind.XHTML ? MetaCharset.ofXml(body) : MetaCharset.of(body))
        .map(charset -> decoded(body, 0, charset))
        .orElseGet(() -> guessed(body));
  }

  private static PageText decoded(byte[] body, int from, Charset charset) {
    return new PageText(new String(body, from, body.length - from, charset), charset);
  }

  private static Optional<Charset> byteOrderMark(byte[] body) {
    if (begins(body, 0xef, 0xbb, 0xbf)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (begins(body, 0xff, 0xfe)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return begins(body, 0xfe, 0xff) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  private static boolean begins(byte[] body, int... bytes) {
    if (body.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((body[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** UTF-8 where the bytes are, but for a character that is cut at the end. */
  private static PageText guessed(byte[] body) {
    if (CharsetGuess.marked(body) != null) {
      return decoded(body, 0, CharsetGuess.of(body));
    }
    CharBuffer unread = CharBuffer.allocate(body.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body), unread, false);
    return decoded(body, 0, result.isError() ? CharsetGuess.of(body) : StandardCharsets.UTF_8);
  }
}
