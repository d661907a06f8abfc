package io.fcrawler.worker.fetch;

import io.fcrawler.worker.memory.MemoryBudget.Use;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.zip.ZipException;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;

/**
 * Reads bodies up to a limit. Memory is taken as bytes arrive, never as a header announces, and
 * from the budget before that.
 */
final class BodyReader {
  private static final int EXACT_LIMIT = 256 << 10;

  /** Bodies of this length need no more than the least. */
  private static final int SMALL = 64 << 10;

  /** By how much a growing body is larger each time. */
  private static final int GROWTH = 4;

  private final Response response;
  private final CallTrace trace;
  private final CallLimit memory;
  private final int limit;
  private final Buffer buffer = new Buffer();

  private BodyReader(Response response, int limit, CallTrace trace, CallLimit memory) {
    this.response = response;
    this.trace = trace;
    this.memory = memory;
    this.limit = limit;
  }

  /** A body, and whether it was cut. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once
  record Body(byte[] bytes, boolean truncated) {}

  /** Reads the body to its end, or until it is longer than {@code limit}. */
  static Body read(Response response, int limit, CallTrace trace, CallLimit memory)
      throws IOException {
    BodyReader reader = new BodyReader(response, memory.bodyLimit(limit), trace, memory);
    BufferedSource sent = response.body().source();
    ContentCodings codings = ContentCodings.of(response.headers());
    if ((codings.foreign() || !codings.known().isEmpty()) && sent.exhausted()) {
      return new Body(new byte[0], false); // an empty body that claims to be compressed
    } else if (codings.foreign()) {
      throw new ZipException("a coding that cannot be undone");
    }
    Body body = codings.known().isEmpty() ? reader.plain(sent) : reader.decoded(sent, codings);
    codings.check(body.bytes(), Optional.ofNullable(response.header("Content-Type")));
    return body;
  }

  private Body plain(BufferedSource sent) throws IOException {
    long length = response.body().contentLength();
    boolean exact = length >= 0 && length <= Math.min(limit, EXACT_LIMIT);
    return exact ? exact((int) length, sent) : announced(length, sent);
  }

  private Body decoded(BufferedSource sent, ContentCodings codings) throws IOException {
    try (DecodedBody decoded = new DecodedBody(sent, codings, trace)) {
      return growing(Okio.source(decoded));
    }
  }

  private Body exact(int length, BufferedSource source) throws IOException {
    hold(length, length <= SMALL ? Use.FEW : Use.NETWORK);
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    if (!source.exhausted()) { // reads the frame that ends an HTTP/2 stream
      throw new ProtocolException("more than the announced " + length + " bytes");
    }
    return new Body(bytes, false);
  }

  /**
   * Reads a body whose end OkHttp doesn't compare with its header over HTTP/2 (RFC 9113, section
   * 8.1.1).
   *
   * @param length negative where it was not announced
   */
  private Body announced(long length, BufferedSource source) throws IOException {
    Body body = growing(source);
    if (length >= 0 && !body.truncated() && body.bytes().length != length) {
      throw new ProtocolException("unexpected end of stream");
    }
    return body;
  }

  private Body growing(Source source) throws IOException {
    fill(source);
    boolean truncated = buffer.size() > limit;
    long length = Math.min(buffer.size(), limit);
    if (truncated) {
      memory.cancel(); // no server waits with us; and closing would read on
    }
    memory.hold(2 * length, Use.WORK); // for a moment there are two of it
    return new Body(buffer.readByteArray(length), truncated);
  }

  private void fill(Source source) throws IOException {
    long room = Math.min(SMALL, limit + 1L);
    hold(room, Use.FEW);
    while (buffer.size() <= limit) {
      if (buffer.size() == room) {
        room = Math.min(room * GROWTH, limit + 1L);
        hold(room, Use.NETWORK);
      }
      if (source.read(buffer, room - buffer.size()) == -1) {
        break;
      }
      trace.progressed();
    }
  }

  /** An HTTP/2 stream that is not read is sent all the same, 16 MiB of it, and kept by OkHttp. */
  private void hold(long bytes, Use use) throws IOException {
    if (response.protocol() == Protocol.HTTP_2) {
      memory.holdAtOnce(bytes, use);
    } else {
      memory.hold(bytes, use);
    }
  }
}
