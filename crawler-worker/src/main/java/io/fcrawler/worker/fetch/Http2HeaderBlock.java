package io.fcrawler.worker.fetch;

import java.io.EOFException;
import java.io.IOException;
import okhttp3.internal.http2.Http2;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.Source;
import okio.Timeout;

/** The bytes of a header block, out of the frames that it is spread over (RFC 9113, 4.3). */
final class Http2HeaderBlock implements Source {
  private static final int PRIORITY_LENGTH = 5;

  private final BufferedSource source;
  private Frame frame = new Frame(0, Http2.TYPE_CONTINUATION, Http2.FLAG_END_HEADERS, 0);
  private long left;
  private long padding;

  Http2HeaderBlock(BufferedSource source) {
    this.source = source;
  }

  /** The header of a frame. */
  record Frame(int length, int type, int flags, int stream) {
    private static Frame read(BufferedSource from) throws IOException {
      int length = (from.readByte() & 0xff) << 16 | (from.readShort() & 0xffff);
      return new Frame(length, from.readByte() & 0xff, from.readByte() & 0xff, from.readInt());
    }

    static Frame peek(BufferedSource from) throws IOException {
      return read(from.peek());
    }

    /** Whether a header block begins in it. One that is too large is OkHttp's to refuse. */
    boolean isHead() {
      return (type == Http2.TYPE_HEADERS || type == Http2.TYPE_PUSH_PROMISE)
          && length <= Http2.INITIAL_MAX_FRAME_SIZE;
    }

    private boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /** Writes this frame with another block, and what continues it; without padding. */
    void write(ByteString promised, Buffer block, Buffer out) throws IOException {
      long part = Math.min(block.size(), Http2.INITIAL_MAX_FRAME_SIZE - promised.size());
      int kept = flags & (type == Http2.TYPE_HEADERS ? Http2.FLAG_END_STREAM : 0);
      header(out, promised.size() + part, type, kept | end(block, part)).write(promised);
      out.write(block, part);
      while (!block.exhausted()) {
        part = Math.min(block.size(), Http2.INITIAL_MAX_FRAME_SIZE);
        header(out, part, Http2.TYPE_CONTINUATION, end(block, part)).write(block, part);
      }
    }

    private static int end(Buffer block, long part) {
      return part == block.size() ? Http2.FLAG_END_HEADERS : 0;
    }

    private Buffer header(Buffer out, long length, int type, int flags) {
      out.writeByte((int) length >> 16).writeShort((int) length);
      return out.writeByte(type).writeByte(flags).writeInt(stream);
    }
  }

  /**
   * Begins with the payload of a frame.
   *
   * @return the number of the promised stream, where the frame has one
   */
  ByteString open(Frame head) throws IOException {
    frame = head;
    padding = head.has(Http2.FLAG_PADDED) ? source.readByte() & 0xff : 0;
    left = head.length() - padding - (head.has(Http2.FLAG_PADDED) ? 1 : 0);
    if (head.type() == Http2.TYPE_HEADERS && head.has(Http2.FLAG_PRIORITY)) {
      source.skip(PRIORITY_LENGTH);
      left -= PRIORITY_LENGTH;
    }
    int promised = head.type() == Http2.TYPE_PUSH_PROMISE ? Integer.BYTES : 0;
    left -= promised;
    if (left < 0) {
      throw new IOException("padding or fields beyond the end of a frame");
    }
    return source.readByteString(promised);
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    while (left == 0) {
      source.skip(padding);
      padding = 0;
      if (frame.has(Http2.FLAG_END_HEADERS)) {
        return -1;
      }
      continued();
    }
    long count = source.read(sink, Math.min(byteCount, left));
    if (count < 0) {
      throw new EOFException("the connection ends in a header block");
    }
    left -= count;
    return count;
  }

  private void continued() throws IOException {
    Frame next = Frame.read(source);
    if (next.type() != Http2.TYPE_CONTINUATION
        || next.stream() != frame.stream()
        || next.length() > Http2.INITIAL_MAX_FRAME_SIZE) {
      throw new IOException("a header block is not continued: " + next);
    }
    frame = next;
    left = next.length();
  }

  @Override
  public Timeout timeout() {
    return source.timeout();
  }

  @Override
  public void close() {
    // the connection is its socket's to close
  }
}
