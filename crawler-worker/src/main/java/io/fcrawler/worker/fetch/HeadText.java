package io.fcrawler.worker.fetch;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import okio.ByteString;

/**
 * The text of a header field, in UTF-8. A byte that is not UTF-8 is requested as it is where it
 * stands in a reference, and so is percent-encoded there; in other fields it is the character of
 * its number (isomorphic decoding).
 */
final class HeadText {
  private static final Set<String> WITH_REFERENCES =
      Set.of("location", "content-location", "refresh", "link");

  private HeadText() {}

  static byte[] of(byte[] field) {
    return isAscii(field) ? field : decoded(name(field), field).getBytes(StandardCharsets.UTF_8);
  }

  /** The value of a field by its name. */
  static ByteString value(ByteString name, ByteString value) {
    byte[] bytes = value.toByteArray();
    return isAscii(bytes) ? value : ByteString.encodeUtf8(decoded(name.utf8(), bytes));
  }

  private static boolean isAscii(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      ascii &= b >= 0;
    }
    return ascii;
  }

  private static String decoded(String name, byte[] field) {
    boolean references = WITH_REFERENCES.contains(name);
    ByteBuffer in = ByteBuffer.wrap(field);
    CharBuffer out = CharBuffer.allocate(3 * field.length);
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = utf8.decode(in, out, true);
    while (result.isMalformed()) {
      for (int i = 0; i < result.length(); i++) {
        int b = in.get() & 0xff;
        out.put(references ? "%%%02X".formatted(b) : Character.toString(b));
      }
      result = utf8.decode(in, out, true);
    }
    return out.flip().toString();
  }

  private static String name(byte[] field) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':');
    return text.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
  }
}
