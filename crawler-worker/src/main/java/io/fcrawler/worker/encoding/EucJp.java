package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;

/**
 * EUC-JP, which reads JIS X 0212, but does not write it.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#euc-jp">WHATWG Encoding, section 12.1</a>
 */
final class EucJp extends MultiByteCharset {
  private static final int KATAKANA = 0x8e;
  private static final int SUPPLEMENT = 0x8f;
  private static final int ROW = 94;

  EucJp() {
    super("EUC-JP");
  }

  @Override
  int character(ByteBuffer in, int at, int end) {
    int first = in.get(at) & 0xff;
    if (first != KATAKANA && first != SUPPLEMENT && !within(first, 0xa1, 0xfe)) {
      return invalid(1);
    } else if (end - at < 2) {
      return INCOMPLETE;
    }
    int second = in.get(at + 1) & 0xff;
    if (first == KATAKANA && within(second, 0xa1, 0xdf)) {
      return read(2, Kana.HALF_WIDTH - 0xa1 + second);
    } else if (first == SUPPLEMENT && within(second, 0xa1, 0xfe)) {
      return ofThree(in, at, end);
    }
    return ofTwo(of(Index.JIS0208, first, second), second);
  }

  private static int ofThree(ByteBuffer in, int at, int end) {
    if (end - at < 3) {
      return INCOMPLETE;
    }
    int third = in.get(at + 2) & 0xff;
    int character = of(Index.JIS0212, in.get(at + 1) & 0xff, third);
    return character == Index.NONE ? invalid(third < 0x80 ? 2 : 3) : read(3, character);
  }

  private static int of(Index index, int lead, int trail) {
    boolean valid = within(lead, 0xa1, 0xfe) && within(trail, 0xa1, 0xfe);
    return valid ? index.codePoint((lead - 0xa1) * ROW + trail - 0xa1) : Index.NONE;
  }

  @Override
  int bytes(int codePoint) {
    int single = Kana.roman(codePoint);
    if (single != NONE) {
      return single;
    } else if (Kana.isHalfWidth(codePoint)) {
      return KATAKANA << 8 | codePoint - Kana.HALF_WIDTH + 0xa1;
    }
    int pointer = Index.JIS0208.pointer(Kana.withMinus(codePoint));
    return pointer == Index.NONE ? NONE : (pointer / ROW + 0xa1) << 8 | pointer % ROW + 0xa1;
  }
}
