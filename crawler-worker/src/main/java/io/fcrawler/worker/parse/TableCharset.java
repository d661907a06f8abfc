package io.fcrawler.worker.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** A charset of single bytes, of which those from A0 on are in a table. */
final class TableCharset extends Charset {
  private static final int FIRST = 0xa0;

  private final String table;

  /**
   * A charset.
   *
   * @param table the 96 characters of the bytes A0 to FF, where _ is the no-break space, - the soft
   *     hyphen, and U+FFFD none
   */
  TableCharset(String name, String table) {
    super("x-fcrawler-" + name, new String[0]);
    if (table.length() != 0x100 - FIRST) {
      throw new IllegalArgumentException(name + " has " + table.length() + " characters");
    }
    this.table = table.replace('_', '\u00a0').replace('-', '\u00ad');
  }

  @Override
  public boolean contains(Charset other) {
    return other.equals(this);
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
          int b = in.get() & 0xff;
          out.put(b < FIRST ? (char) b : table.charAt(b - FIRST));
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
            return CoderResult.unmappableForLength(1);
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
    int place = c == '\ufffd' ? -1 : table.indexOf(c);
    return place < 0 ? -1 : place + FIRST;
  }
}
