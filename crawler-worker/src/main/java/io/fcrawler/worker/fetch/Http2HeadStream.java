package io.fcrawler.worker.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Hpack;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;

/**
 * What comes on an HTTP/2 connection, with the header blocks of its frames (RFC 9113, section 6)
 * written anew so that OkHttp, which reads fields only as UTF-8, finds bytes that are not UTF-8 as
 * {@link HeadText} has them. The new blocks use no table of HPACK. Other frames pass as they are.
 * Used by one thread at a time.
 */
final class Http2HeadStream extends FilterInputStream {
  private static final int FRAME_HEADER = 9;
  private static final int TABLE_SIZE = 4096; // RFC 9113, section 6.5.2: OkHttp asks for no other

  private final BufferedSource source;
  private final Http2HeaderBlock block;
  private final Hpack.Reader fields;

  /** Frames that were written anew. */
  private final Buffer ready = new Buffer();

  /** How many bytes follow that belong to a frame that passes as it is. */
  private long passing;

  Http2HeadStream(InputStream in) {
    super(in);
    source = Okio.buffer(Okio.source(in));
    block = new Http2HeaderBlock(source);
    fields = new Hpack.Reader(block, TABLE_SIZE);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (ready.exhausted() && passing == 0 && length > 0) {
      if (!source.request(FRAME_HEADER)) {
        return source.read(bytes, offset, length);
      }
      nextFrame();
    }
    if (!ready.exhausted()) {
      return ready.read(bytes, offset, length);
    }
    int count = source.read(bytes, offset, (int) Math.min(length, passing));
    passing -= Math.max(count, 0);
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Integer.MAX_VALUE, ready.size() + source.getBuffer().size());
  }

  private void nextFrame() throws IOException {
    Http2HeaderBlock.Frame frame = Http2HeaderBlock.Frame.peek(source);
    if (!frame.isHead()) {
      passing = (long) FRAME_HEADER + frame.length();
      return;
    }
    try {
      source.skip(FRAME_HEADER);
      ByteString promised = block.open(frame);
      fields.readHeaders();
      Buffer anew = literals(fields.getAndResetHeaderList());
      frame.write(promised, anew, ready);
    } catch (EOFException e) {
      throw new IOException("cut header block", e); // an EOFException would be a fair end
    }
  }

  /** Fields without indexing, by HPACK (RFC 7541, section 6.2.2). */
  private static Buffer literals(List<Header> fields) throws IOException {
    Buffer block = new Buffer();
    Hpack.Writer writer = new Hpack.Writer(TABLE_SIZE, false, block);
    for (Header field : fields) {
      block.writeByte(0);
      writer.writeByteString(field.name);
      writer.writeByteString(HeadText.value(field.name, field.value));
    }
    return block;
  }
}
