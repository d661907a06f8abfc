package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.util.List;
import okhttp3.Response;
import okio.BufferedSource;

/** The memory that undoing a body's codings takes beside the body. */
final class DecoderMemory {
  /** What a zstd decoder has besides its window: tables and blocks. */
  private static final long ZSTD_BYTES = 512 << 10;

  private DecoderMemory() {}

  /** Bytes for the decoders of an answer's body. Waits for the first bytes of it where it must. */
  static long of(Response response) throws IOException {
    List<String> codings = ContentCodings.of(response.headers()).known();
    if (codings.size() != 1) {
      return codings.stream().mapToLong(DecoderMemory::most).sum();
    }
    BufferedSource body = response.body().source();
    return switch (codings.getFirst()) {
      case ContentCodings.BROTLI ->
          body.request(1) ? 1L << BrotliWindow.bits(body.getBuffer().getByte(0)) : 0;
      case ContentCodings.ZSTD -> ZSTD_BYTES + (1L << ZstdWindow.bits(start(body)));
      default -> 0;
    };
  }

  private static long most(String coding) {
    return switch (coding) {
      case ContentCodings.BROTLI -> 1L << BrotliWindow.MOST_BITS;
      case ContentCodings.ZSTD -> ZSTD_BYTES + (1L << ZstdWindow.MOST_BITS);
      default -> 0;
    };
  }

  private static byte[] start(BufferedSource body) throws IOException {
    boolean _ = body.request(ZstdWindow.HEADER);
    long length = Math.min(body.getBuffer().size(), ZstdWindow.HEADER);
    return body.getBuffer().snapshot((int) length).toByteArray();
  }
}
