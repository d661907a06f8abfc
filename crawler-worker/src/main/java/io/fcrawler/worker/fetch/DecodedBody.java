package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * A body without its codings. It fails by what happened on the connection where something did, and
 * else by what is wrong with the coding.
 */
final class DecodedBody extends InputStream {
  /** What may be sent without a byte of content in it. */
  private static final int MAX_BARREN = 1 << 20;

  private final Sent sent;
  private final ContentCodings codings;
  private @Nullable InputStream decoded;

  DecodedBody(BufferedSource sent, ContentCodings codings, CallTrace trace) {
    this.sent = new Sent(sent, trace);
    this.codings = codings;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (decoded == null) {
        decoded = codings.decoded(sent);
      }
      int count = decoded.read(bytes, offset, length);
      sent.barrenBytes = 0;
      if (count < 0) {
        sent.end();
      }
      return count;
    } catch (IOException e) {
      throw sent.failure == null ? e : sent.failure;
    } catch (RuntimeException | StackOverflowError e) { // a decoder's fault; the JDK's recurses
      throw sent.failure == null ? (IOException) new ZipException().initCause(e) : sent.failure;
    }
  }

  /** Frees the decoders; the answer itself is closed by who opened it. */
  @Override
  public void close() throws IOException {
    if (decoded != null) {
      decoded.close();
    }
  }

  /** The body as it was sent. */
  private static final class Sent extends InputStream {
    private final BufferedSource source;
    private final CallTrace trace;
    private @Nullable IOException failure;
    private int barrenBytes;

    Sent(BufferedSource source, CallTrace trace) {
      this.source = source;
      this.trace = trace;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = source.read(bytes, offset, length);
        trace.progressed();
        barrenBytes += count;
        if (barrenBytes > MAX_BARREN) {
          throw new ZipException("nothing but the coding's own headers");
        }
        return count;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** By this the gzip decoder knows whether another member may follow. */
    @Override
    public int available() throws IOException {
      try {
        return source.exhausted() ? 0 : 1;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** Reads the end of the message, without which its connection cannot be used again. */
    void end() throws IOException {
      available();
    }
  }
}
