package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP, whose bytes are all ASCII's, with escapes between its sets of characters.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#iso-2022-jp">WHATWG Encoding, section 12.2</a>
 */
final class Iso2022Jp extends WebCharset {
  private static final int ESCAPE = 0x1b;
  private static final int ESCAPE_LENGTH = 3;
  private static final int ROW = 94;

  /** A set of characters. */
  private enum Set {
    ASCII('(', 'B'),
    ROMAN('(', 'J'),
    KATAKANA('(', 'I'),
    JIS0208('$', 'B');

    private final char second;
    private final char third;

    Set(char second, char third) {
      this.second = second;
      this.third = third;
    }

    /** The set of an escape; {@code null} for none. */
    static @Nullable Set of(int second, int third) {
      for (Set set : values()) {
        if (set.second == second && set.third == third) {
          return set;
        }
      }
      return second == '$' && third == '@' ? JIS0208 : null;
    }
  }

  Iso2022Jp() {
    super("ISO-2022-JP");
  }

  private static boolean isControl(int c) {
    return c == 0x0e || c == 0x0f || c == ESCAPE;
  }

  private static boolean isGraphic(int b) {
    return b >= 0x21 && b <= 0x7e;
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new Decoder(this);
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new Encoder(this);
  }

  /** Reads it. */
  private static final class Decoder extends CharsetDecoder {
    private Set set = Set.ASCII;

    /** Whether there was nothing since the last escape. */
    private boolean escaped;

    Decoder(Iso2022Jp charset) {
      super(charset, 1, 1);
    }

    @Override
    protected void implReset() {
      set = Set.ASCII;
      escaped = false;
    }

    @Override
    protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
      while (in.hasRemaining()) {
        if (!out.hasRemaining()) {
          return CoderResult.OVERFLOW;
        }
        int first = in.get(in.position()) & 0xff;
        CoderResult result =
            first == ESCAPE
                ? escape(in)
                : set == Set.JIS0208 ? two(in, out, first) : one(in, out, first);
        if (result != null) {
          return result;
        }
      }
      return CoderResult.UNDERFLOW;
    }

    /** Reads an escape; what is none counts as one byte. */
    private @Nullable CoderResult escape(ByteBuffer in) {
      int at = in.position();
      int second = in.remaining() > 1 ? in.get(at + 1) : -1;
      boolean begins = second == '$' || second == '(';
      if (in.remaining() < 2 || (begins && in.remaining() < ESCAPE_LENGTH)) {
        return CoderResult.UNDERFLOW;
      }
      Set next = begins ? Set.of(second, in.get(at + 2)) : null;
      if (next == null) {
        escaped = false;
        return CoderResult.malformedForLength(1);
      }
      boolean nothing = escaped;
      set = next;
      escaped = true;
      if (nothing) {
        return CoderResult.malformedForLength(ESCAPE_LENGTH);
      }
      in.position(at + ESCAPE_LENGTH);
      return null;
    }

    private @Nullable CoderResult one(ByteBuffer in, CharBuffer out, int b) {
      escaped = false;
      boolean katakana = set == Set.KATAKANA;
      if (katakana ? b < 0x21 || b > 0x5f : b > 0x7f || isControl(b)) {
        return CoderResult.malformedForLength(1);
      }
      in.get();
      int c = katakana ? Kana.HALF_WIDTH - 0x21 + b : set == Set.ROMAN ? Kana.ofRoman(b) : b;
      out.put((char) c);
      return null;
    }

    private @Nullable CoderResult two(ByteBuffer in, CharBuffer out, int first) {
      escaped = false;
      if (!isGraphic(first)) {
        return CoderResult.malformedForLength(1);
      } else if (in.remaining() < 2) {
        return CoderResult.UNDERFLOW;
      }
      int second = in.get(in.position() + 1) & 0xff;
      int c =
          isGraphic(second)
              ? Index.JIS0208.codePoint((first - 0x21) * ROW + second - 0x21)
              : Index.NONE;
      if (c == Index.NONE) {
        return CoderResult.malformedForLength(second == ESCAPE ? 1 : 2);
      }
      in.position(in.position() + 2);
      out.put((char) c);
      return null;
    }
  }

  /** Writes it. */
  private static final class Encoder extends CharsetEncoder {
    private Set set = Set.ASCII;

    Encoder(Iso2022Jp charset) {
      super(charset, 2, ESCAPE_LENGTH + 2 + ESCAPE_LENGTH);
    }

    @Override
    protected void implReset() {
      set = Set.ASCII;
    }

    @Override
    protected CoderResult implFlush(ByteBuffer out) {
      return goTo(Set.ASCII, out) ? CoderResult.UNDERFLOW : CoderResult.OVERFLOW;
    }

    @Override
    protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
      while (in.hasRemaining()) {
        int c = CharacterReading.peek(in);
        int pointer = Index.JIS0208.pointer(Kana.fullWidth(Kana.withMinus(c)));
        Set needed = needed(c, pointer);
        if (!goTo(needed, out) || out.remaining() < 2) {
          return CoderResult.OVERFLOW;
        } else if (needed == Set.JIS0208) {
          out.put((byte) (pointer / ROW + 0x21)).put((byte) (pointer % ROW + 0x21));
        } else if (c < 0x80 && !isControl(c)) {
          out.put((byte) c);
        } else if (Kana.roman(c) != 0) {
          out.put((byte) Kana.roman(c));
        } else {
          return CharacterReading.unmappable(in);
        }
        in.position(in.position() + Character.charCount(c));
      }
      return CoderResult.UNDERFLOW;
    }

    /** The set for a character; of one that is in none, that in which it is reported. */
    private Set needed(int c, int pointer) {
      if (Kana.roman(c) != 0) {
        return Set.ROMAN;
      } else if (c >= 0x80 && pointer != Index.NONE) {
        return Set.JIS0208;
      }
      boolean kept = set == Set.ROMAN && (c >= 0x80 || Kana.ofRoman(c) == c);
      return kept ? Set.ROMAN : Set.ASCII;
    }

    private boolean goTo(Set next, ByteBuffer out) {
      if (set == next) {
        return true;
      } else if (out.remaining() < ESCAPE_LENGTH) {
        return false;
      }
      out.put((byte) ESCAPE).put((byte) next.second).put((byte) next.third);
      set = next;
      return true;
    }
  }
}
