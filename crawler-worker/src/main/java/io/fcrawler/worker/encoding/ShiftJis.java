package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;

/**
 * Shift_JIS with the characters of windows-31J.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#shift_jis">WHATWG Encoding, section 12.3</a>
 */
final class ShiftJis extends MultiByteCharset {
  private static final int ROW = 188;
  private static final int FIRST_PRIVATE = 8836;
  private static final int LAST_PRIVATE = 10715;

  /** NEC's copies of IBM's extensions, which stand behind them too, are not written. */
  private static final Index INDEX = new Index("jis0208", pointer -> !within(pointer, 8272, 8835));

  ShiftJis() {
    super("Shift_JIS");
  }

  @Override
  int character(ByteBuffer in, int at, int end) {
    int first = in.get(at) & 0xff;
    if (first == 0x80) {
      return read(1, first);
    } else if (within(first, 0xa1, 0xdf)) {
      return read(1, Kana.HALF_WIDTH - 0xa1 + first);
    } else if (!within(first, 0x81, 0x9f) && !within(first, 0xe0, 0xfc)) {
      return invalid(1);
    } else if (end - at < 2) {
      return INCOMPLETE;
    }
    int second = in.get(at + 1) & 0xff;
    boolean trail = within(second, 0x40, 0x7e) || within(second, 0x80, 0xfc);
    int lead = first - (first < 0xa0 ? 0x81 : 0xc1);
    int pointer = trail ? lead * ROW + second - (second < 0x7f ? 0x40 : 0x41) : Index.NONE;
    return within(pointer, FIRST_PRIVATE, LAST_PRIVATE)
        ? read(2, 0xe000 - FIRST_PRIVATE + pointer)
        : ofTwo(INDEX.codePoint(pointer), second);
  }

  @Override
  int bytes(int codePoint) {
    int single = codePoint == 0x80 ? codePoint : Kana.roman(codePoint);
    if (single != NONE) {
      return single;
    } else if (Kana.isHalfWidth(codePoint)) {
      return codePoint - Kana.HALF_WIDTH + 0xa1;
    }
    int pointer = INDEX.pointer(Kana.withMinus(codePoint));
    if (pointer == Index.NONE) {
      return NONE;
    }
    int lead = pointer / ROW;
    int trail = pointer % ROW;
    return (lead + (lead < 0x1f ? 0x81 : 0xc1)) << 8 | trail + (trail < 0x3f ? 0x40 : 0x41);
  }
}
