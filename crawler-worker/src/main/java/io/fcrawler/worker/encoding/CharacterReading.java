package io.fcrawler.worker.encoding;

import java.nio.CharBuffer;
import java.nio.charset.CoderResult;

/** How encoders read characters. */
final class CharacterReading {
  private CharacterReading() {}

  /** The code point at the position, which stays; a half of a pair where it is alone. */
  static int peek(CharBuffer in) {
    char first = in.get(in.position());
    boolean pair =
        Character.isHighSurrogate(first)
            && in.remaining() > 1
            && Character.isLowSurrogate(in.get(in.position() + 1));
    return pair ? Character.toCodePoint(first, in.get(in.position() + 1)) : first;
  }

  /** What an encoder says where the charset has no such character. */
  static CoderResult unmappable(CharBuffer in) {
    int c = peek(in);
    if (c > Character.MAX_VALUE || !Character.isSurrogate((char) c)) {
      return CoderResult.unmappableForLength(Character.charCount(c));
    }
    boolean cut = Character.isHighSurrogate((char) c) && in.remaining() == 1;
    return cut ? CoderResult.UNDERFLOW : CoderResult.malformedForLength(1);
  }
}
