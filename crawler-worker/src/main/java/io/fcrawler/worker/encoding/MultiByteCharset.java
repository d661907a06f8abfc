package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** A charset of one to four bytes for a character, without states, that has ASCII as it is. */
abstract class MultiByteCharset extends WebCharset {
  /** What {@link #character} says where more bytes are needed. */
  static final int INCOMPLETE = 0;

  /** What {@link #bytes} says of a character that the charset lacks. */
  static final int NONE = 0;

  private static final int ASCII = 0x80;
  private static final int LENGTH_SHIFT = 24;
  private static final int INVALID = 1 << 23;
  private static final int PAIR = 1 << 22;
  private static final int CHARACTER = (1 << 21) - 1;

  MultiByteCharset(String name) {
    super(name);
  }

  /**
   * Reads a character whose first byte is not ASCII.
   *
   * @return {@link #INCOMPLETE}, or one of {@link #read}, {@link #pair} and {@link #invalid}
   */
  abstract int character(ByteBuffer in, int at, int end);

  /**
   * The bytes of a character beyond ASCII, the last one lowest; {@link #NONE} where there are none.
   */
  abstract int bytes(int codePoint);

  /** A character of so many bytes. */
  static int read(int length, int codePoint) {
    return length << LENGTH_SHIFT | codePoint;
  }

  /** Two characters, of which the second is a combining one of U+0300 to U+03FF. */
  static int pair(int length, int first, int second) {
    return length << LENGTH_SHIFT | PAIR | (second & 0xff) << 8 | first;
  }

  /** So many bytes that mean nothing. */
  static int invalid(int length) {
    return length << LENGTH_SHIFT | INVALID;
  }

  /** The character of two bytes, or what they mean where the index has none. */
  static int ofTwo(int codePoint, int second) {
    if (codePoint != Index.NONE) {
      return read(2, codePoint);
    }
    return invalid(second < ASCII ? 1 : 2);
  }

  static boolean within(int b, int first, int last) {
    return b >= first && b <= last;
  }

  @Override
  public final CharsetDecoder newDecoder() {
    return new CharsetDecoder(this, 1, 1) {
      @Override
      protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
        while (in.hasRemaining()) {
          int at = in.position();
          int first = in.get(at);
          int read = first >= 0 ? read(1, first) : character(in, at, in.limit());
          if (read == INCOMPLETE) {
            return CoderResult.UNDERFLOW;
          }
          int length = read >>> LENGTH_SHIFT;
          if ((read & INVALID) != 0) {
            return CoderResult.malformedForLength(length);
          } else if (!put(read, out)) {
            return CoderResult.OVERFLOW;
          }
          in.position(at + length);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  private static boolean put(int read, CharBuffer out) {
    int c = read & CHARACTER;
    boolean pair = (read & PAIR) != 0;
    if (out.remaining() < (pair ? 2 : Character.charCount(c))) {
      return false;
    } else if (pair) {
      out.put((char) (c & 0xff)).put((char) (0x300 | c >> 8));
    } else if (c <= Character.MAX_VALUE) {
      out.put((char) c);
    } else {
      out.put(Character.highSurrogate(c)).put(Character.lowSurrogate(c));
    }
    return true;
  }

  @Override
  public final CharsetEncoder newEncoder() {
    return new CharsetEncoder(this, 2, 4) {
      @Override
      protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
          int c = CharacterReading.peek(in);
          int written = c < ASCII ? c : bytes(c);
          if (c >= ASCII && written == NONE) {
            return CharacterReading.unmappable(in);
          } else if (!put(written, out)) {
            return CoderResult.OVERFLOW;
          }
          in.position(in.position() + Character.charCount(c));
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  private static boolean put(int bytes, ByteBuffer out) {
    int length = bytes >>> 24 != 0 ? 4 : bytes >>> 8 != 0 ? 2 : 1;
    if (out.remaining() < length) {
      return false;
    }
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      out.put((byte) (bytes >> shift));
    }
    return true;
  }
}
