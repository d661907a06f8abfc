package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.util.List;
import okhttp3.Response;
import okio.BufferedSource;

/** The window that decoding brotli needs, as the stream's first byte says (RFC 7932, 9.1). */
final class BrotliWindow {
  private static final String BROTLI = "br";
  private static final int MOST_BITS = 24;

  private BrotliWindow() {}

  /** Bytes for the decoder of an answer's body; 0 where it is not brotli's. Waits for a byte. */
  static long of(Response response) throws IOException {
    List<String> codings = ContentCodings.of(response.headers());
    if (!codings.contains(BROTLI)) {
      return 0;
    } else if (codings.size() > 1) {
      return codings.stream().filter(BROTLI::equals).count() << MOST_BITS;
    }
    BufferedSource body = response.body().source();
    return body.request(1) ? 1L << bits(body.getBuffer().getByte(0)) : 0;
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
