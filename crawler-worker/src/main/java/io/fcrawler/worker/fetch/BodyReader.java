package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.util.List;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;

/** Reads bodies up to a limit. Memory is taken as bytes arrive, never as a header announces. */
final class BodyReader {
  private static final int EXACT_LIMIT = 256 << 10;

  private BodyReader() {}

  /** A body, and whether it was cut. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once
  record Body(byte[] bytes, boolean truncated) {}

  /** Reads the body to its end, or until it is longer than {@code limit}. */
  static Body read(Response response, int limit, CallTrace trace) throws IOException {
    BufferedSource source = response.body().source();
    List<String> codings = ContentCodings.of(response.headers());
    long length = response.body().contentLength();
    if (codings.isEmpty() && length >= 0 && length <= Math.min(limit, EXACT_LIMIT)) {
      return exact(source, (int) length);
    }
    if (codings.isEmpty()) {
      return upTo(limit, source, trace);
    }
    if (source.exhausted()) {
      return new Body(new byte[0], false); // an empty body that claims to be compressed
    }
    try (DecodedBody decoded = new DecodedBody(source, codings, trace)) {
      return upTo(limit, Okio.source(decoded), trace);
    }
  }

  private static Body upTo(int limit, Source source, CallTrace trace) throws IOException {
    Buffer buffer = new Buffer();
    while (buffer.size() <= limit) {
      if (source.read(buffer, limit + 1L - buffer.size()) == -1) {
        break;
      }
      trace.progressed();
    }
    boolean truncated = buffer.size() > limit;
    return new Body(buffer.readByteArray(Math.min(buffer.size(), limit)), truncated);
  }

  private static Body exact(BufferedSource source, int length) throws IOException {
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    source.exhausted(); // an HTTP/2 stream ends in a frame of its own
    return new Body(bytes, false);
  }
}
