package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** A charset of single bytes, of which those from 80 on are in a table. */
final class SingleByteCharset extends WebCharset {
  private static final int FIRST = 0x80;
  private static final int DIGITS = 4;
  private static final char NONE = '\ufffd';

  private final char[] table = new char[FIRST];

  /**
   * A charset.
   *
   * @param characters of the bytes 80 to FF as numbers of four hexadecimal digits, FFFD for none
   */
  SingleByteCharset(String name, String characters) {
    super(name);
    if (characters.length() != DIGITS * FIRST) {
      throw new IllegalArgumentException(name + " has " + characters.length() + " digits");
    }
    for (int i = 0; i < FIRST; i++) {
      table[i] = (char) Integer.parseInt(characters, DIGITS * i, DIGITS * (i + 1), 16);
    }
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new CharsetDecoder(this, 1, 1) {
      @Override
      protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
        while (in.hasRemaining()) {
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          int b = in.get();
          out.put(b >= 0 ? (char) b : table[b + FIRST]);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new CharsetEncoder(this, 1, 1) {
      @Override
      protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
          int place = place(in.get(in.position()));
          if (place < 0) {
            return CharacterReading.unmappable(in);
          } else if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          in.get();
          out.put((byte) place);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  /** The byte of a character; negative for none. */
  private int place(char c) {
    if (c < FIRST) {
      return c;
    }
    for (int i = 0; i < FIRST && c != NONE; i++) {
      if (table[i] == c) {
        return FIRST + i;
      }
    }
    return -1;
  }
}
