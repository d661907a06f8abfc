package io.fcrawler.worker.fetch;

/** The window that decoding brotli needs, as the stream's first byte says (RFC 7932, 9.1). */
final class BrotliWindow {
  static final int MOST_BITS = 24;

  private BrotliWindow() {}

  /** The logarithm of the window: 10 to 24. */
  static int bits(int first) {
    if ((first & 1) == 0) {
      return 16;
    }
    int high = first >> 1 & 7;
    if (high != 0) {
      return 17 + high;
    }
    int low = first >> 4 & 7;
    return low < 2 ? 17 : 8 + low;
  }
}
