package io.fcrawler.worker.fetch;

import java.io.IOException;
import okhttp3.Response;

/** The window that decoding brotli needs, as the stream's first byte says (RFC 7932, 9.1). */
final class BrotliWindow {
  private BrotliWindow() {}

  /** Bytes for the decoder of an answer's body; 0 where it is not brotli's. Waits for a byte. */
  static long of(Response response) throws IOException {
    String encoding = response.header("Content-Encoding", "");
    if (!"br".equalsIgnoreCase(encoding) || !response.body().source().request(1)) {
      return 0;
    }
    return 1L << bits(response.body().source().getBuffer().getByte(0));
  }

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
