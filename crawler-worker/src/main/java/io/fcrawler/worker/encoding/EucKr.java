package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;

/**
 * EUC-KR with the other syllables of windows-949.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#euc-kr">WHATWG Encoding, section 13.1</a>
 */
final class EucKr extends MultiByteCharset {
  private static final Index INDEX = new Index("euc-kr", pointer -> true);
  private static final int TRAILS = 190;

  EucKr() {
    super("EUC-KR");
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
    boolean trail = within(second, 0x41, 0xfe);
    int pointer = (first - 0x81) * TRAILS + second - 0x41;
    return ofTwo(trail ? INDEX.codePoint(pointer) : Index.NONE, second);
  }

  @Override
  int bytes(int codePoint) {
    int pointer = INDEX.pointer(codePoint);
    return pointer == Index.NONE ? NONE : (pointer / TRAILS + 0x81) << 8 | pointer % TRAILS + 0x41;
  }
}
