package io.fcrawler.worker.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Hpack;
import okio.Buffer;

/** A server's side of an HTTP/2 connection; each stream has a virtual thread. */
final class Http2Connection {
  static final int MAX_FRAME = 1 << 14;
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int ACK = 1;
  private static final int PREFACE_LENGTH = 24;
  private static final int INITIAL_WINDOW = 65_535;
  private static final int INITIAL_WINDOW_SETTING = 4;
  private static final int SETTING_LENGTH = 6;

  private final SSLSocket socket;
  private final Http2Front.Answer answers;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
  private final Semaphore window = new Semaphore(INITIAL_WINDOW);
  private final Buffer received = new Buffer();
  private final Hpack.Reader reader = new Hpack.Reader(received, 4096);
  private final Buffer written = new Buffer();
  private final Hpack.Writer writer = new Hpack.Writer(written);
  private int streamWindow = INITIAL_WINDOW;

  Http2Connection(SSLSocket socket, Http2Front.Answer answers) throws IOException {
    this.socket = socket;
    this.answers = answers;
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Until one of the sides goes away. */
  void serve() {
    try (socket) {
      in.readFully(new byte[PREFACE_LENGTH]);
      frame(SETTINGS, 0, 0);
      while (!socket.isClosed()) {
        serveFrame();
      }
    } catch (IOException e) {
      // the client went away
    } finally {
      streams.values().forEach(Http2Stream::end);
    }
  }

  private void serveFrame() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int number = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    switch (type) {
      case SETTINGS -> settings(flags, ByteBuffer.wrap(payload));
      case PING -> {
        if (flags != ACK) {
          frame(PING, ACK, 0, payload);
        }
      }
      case HEADERS -> begin(number, payload);
      case WINDOW_UPDATE -> opened(number, ByteBuffer.wrap(payload).getInt());
      case RST_STREAM -> {
        Http2Stream stream = streams.remove(number);
        if (stream != null) {
          stream.end();
        }
      }
      case GOAWAY -> socket.close();
      default -> {} // of no matter here
    }
  }

  private void settings(int flags, ByteBuffer settings) throws IOException {
    while (settings.remaining() >= SETTING_LENGTH) {
      short key = settings.getShort();
      int value = settings.getInt();
      streamWindow = key == INITIAL_WINDOW_SETTING ? value : streamWindow;
    }
    if (flags != ACK) {
      frame(SETTINGS, ACK, 0);
    }
  }

  private void opened(int number, int bytes) {
    Http2Stream stream = streams.get(number);
    if (number == 0) {
      window.release(bytes);
    } else if (stream != null) {
      stream.window().release(bytes);
    }
  }

  private void begin(int number, byte[] block) throws IOException {
    received.write(block);
    reader.readHeaders();
    List<Header> fields = reader.getAndResetHeaderList();
    Http2Stream stream = new Http2Stream(this, number, fields, new Semaphore(streamWindow));
    streams.put(number, stream);
    stream.start(() -> answer(number, stream));
  }

  private void answer(int number, Http2Stream stream) {
    try {
      answers.to(stream);
    } catch (IOException e) {
      // the client went away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.remove(number);
    }
  }

  /** What may be sent on all streams together. */
  Semaphore window() {
    return window;
  }

  /** The frames of a header block, which may not be parted by others. */
  synchronized void head(int stream, int flags, List<Header> fields) throws IOException {
    writer.writeHeaders(fields);
    int type = HEADERS;
    do {
      byte[] part = written.readByteArray(Math.min(written.size(), MAX_FRAME));
      int end = written.exhausted() ? END_HEADERS : 0;
      frame(type, (type == HEADERS ? flags : 0) | end, stream, part);
      type = CONTINUATION;
    } while (!written.exhausted());
  }

  synchronized void frame(int type, int flags, int stream, byte... bytes) throws IOException {
    frame(out, type, flags, stream, bytes);
  }

  static void frame(DataOutputStream out, int type, int flags, int stream, byte... bytes)
      throws IOException {
    out.writeByte(bytes.length >> 16);
    out.writeShort(bytes.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(bytes);
    out.flush();
  }

  /** Sends no more, and reads on: what is left unread would make a reset of the end. */
  synchronized void shutdown() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends it, with all streams. */
  void close() throws IOException {
    socket.close();
  }
}
