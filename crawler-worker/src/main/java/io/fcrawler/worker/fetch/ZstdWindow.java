package io.fcrawler.worker.fetch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The window that decoding zstd needs, as the first frame says (RFC 8878, section 3.1.1.1). */
final class ZstdWindow {
  /** Bytes of the longest frame header, up to the content's size. */
  static final int HEADER = 17;

  /** What senders keep to (RFC 9659, section 3). */
  static final int MOST_BITS = 23;

  /** Later frames may need more than the first: these are enough for the levels up to 8. */
  private static final int LEAST_BITS = 21;

  private static final int MAGIC = 0xfd2fb528;
  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};

  private ZstdWindow() {}

  /**
   * The logarithm of the window: 21 to 23.
   *
   * @param start what a body begins with: {@link #HEADER} bytes, or all where it has fewer
   */
  static int bits(byte[] start) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, start, 0, Math.min(start.length, HEADER));
    if (header.getInt(0) != MAGIC) {
      return MOST_BITS; // a frame that is skipped, before one that is not
    }
    long window = window(header);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(window - 1);
    return window < 0 ? MOST_BITS : Math.clamp(bits, LEAST_BITS, MOST_BITS);
  }

  private static long window(ByteBuffer header) {
    int descriptor = header.get(4);
    boolean singleSegment = (descriptor & 0x20) != 0;
    if (!singleSegment) {
      int window = header.get(5) & 0xff;
      long base = 1L << (10 + (window >> 3));
      return base + base / 8 * (window & 7);
    }
    int at = 5 + DICTIONARY_BYTES[descriptor & 3];
    return switch (descriptor >> 6 & 3) { // the window is the content
      case 0 -> header.get(at) & 0xff;
      case 1 -> (header.getShort(at) & 0xffff) + 256;
      case 2 -> header.getInt(at) & 0xffffffffL;
      default -> header.getLong(at);
    };
  }
}
