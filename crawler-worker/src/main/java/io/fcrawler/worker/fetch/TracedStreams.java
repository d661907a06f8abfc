package io.fcrawler.worker.fetch;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection's streams, which tell the call under way on this thread what passes. */
final class TracedStreams {
  private TracedStreams() {}

  /** What comes. */
  static final class Input extends FilterInputStream {
    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      received(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      received(Math.max(0, count));
      return count;
    }

    private static void received(int bytes) throws IOException {
      if (CallTrace.UNDER_WAY.isBound()) {
        CallTrace.UNDER_WAY.get().received(bytes);
      }
    }
  }

  /** What is sent. */
  static final class Output extends FilterOutputStream {
    private final InputStream in;

    Output(OutputStream out, InputStream in) {
      super(out);
      this.in = in;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (CallTrace.UNDER_WAY.isBound()) {
        CallTrace.UNDER_WAY.get().sending(in);
      }
      out.write(bytes, offset, length);
    }
  }
}
