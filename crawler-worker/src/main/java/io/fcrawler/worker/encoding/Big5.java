package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;

/**
 * Big5, which reads the characters of Hong Kong's supplement, but does not write them.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#big5">WHATWG Encoding, section 11.1</a>
 */
final class Big5 extends MultiByteCharset {
  private static final int TRAILS = 157;
  private static final Index INDEX =
      new Index("big5", pointer -> pointer >= (0xa1 - 0x81) * TRAILS);

  /** Those with several pointers of which the last is written. */
  private static final String LAST = "\u2550\u255e\u2561\u256a\u5341\u5345";

  private static final int MACRON = 0x304;
  private static final int CARON = 0x30c;

  Big5() {
    super("Big5");
  }

  @Override
  int character(ByteBuffer in, int at, int end) {
    int first = in.get(at) & 0xff;
    if (!within(first, 0x81, 0xfe)) {
      return invalid(1);
    } else if (end - at < 2) {
      return INCOMPLETE;
    }
    int second = in.get(at + 1) & 0xff;
    boolean trail = within(second, 0x40, 0x7e) || within(second, 0xa1, 0xfe);
    int offset = second < 0x7f ? 0x40 : 0x62;
    int pointer = trail ? (first - 0x81) * TRAILS + second - offset : Index.NONE;
    return switch (pointer) {
      case 1133 -> pair(2, 0xca, MACRON);
      case 1135 -> pair(2, 0xca, CARON);
      case 1164 -> pair(2, 0xea, MACRON);
      case 1166 -> pair(2, 0xea, CARON);
      default -> ofTwo(INDEX.codePoint(pointer), second);
    };
  }

  @Override
  int bytes(int codePoint) {
    int pointer =
        LAST.indexOf(codePoint) < 0 ? INDEX.pointer(codePoint) : INDEX.lastPointer(codePoint);
    if (pointer == Index.NONE) {
      return NONE;
    }
    int trail = pointer % TRAILS;
    return (pointer / TRAILS + 0x81) << 8 | trail + (trail < 0x3f ? 0x40 : 0x62);
  }
}
