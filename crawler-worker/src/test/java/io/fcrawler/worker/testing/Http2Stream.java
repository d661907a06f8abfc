package io.fcrawler.worker.testing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import okhttp3.internal.http2.Header;
import org.jspecify.annotations.Nullable;

/** A request over HTTP/2, and the frames that answer it. */
public final class Http2Stream {
  private final Http2Connection connection;
  private final int number;
  private final List<Header> fields;
  private final Semaphore window;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Closeable behind;
  private volatile @Nullable Thread thread;

  Http2Stream(Http2Connection connection, int number, List<Header> fields, Semaphore window) {
    this.connection = connection;
    this.number = number;
    this.fields = List.copyOf(fields);
    this.window = window;
  }

  void start(Runnable answer) {
    Thread its = Thread.ofVirtual().name("http2-stream").unstarted(answer);
    thread = its;
    its.start();
  }

  List<Header> fields() {
    return fields;
  }

  /** The value of a field of the request; empty where there is none. */
  public String field(String name) {
    return fields.stream()
        .filter(field -> field.name.utf8().equals(name))
        .map(field -> field.value.utf8())
        .findFirst()
        .orElse("");
  }

  /** How many bytes the client takes now. */
  Semaphore window() {
    return window;
  }

  /** What to close when the client gives up. */
  void onEnd(Closeable resource) {
    behind = resource;
  }

  /** Gives up, as the client did. */
  void end() {
    ended.countDown();
    Thread its = thread;
    Closeable resource = behind;
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (IOException e) {
      // closed
    }
    if (its != null) {
      its.interrupt();
    }
  }

  /** Waits until the client gives up. */
  public void hang() throws InterruptedException {
    ended.await();
  }

  /** A status and fields, each {@code name: value}. */
  public void head(boolean last, String status, String... fields) throws IOException {
    List<Header> head =
        Arrays.stream(fields)
            .map(field -> field.split(": ", 2))
            .map(field -> new Header(field[0], field[1]))
            .toList();
    Header first = new Header(":status", status);
    head(Stream.concat(Stream.of(first), head.stream()).toList(), last);
  }

  void head(List<Header> fields, boolean last) throws IOException {
    connection.head(number, last ? Http2Connection.END_STREAM : 0, fields);
  }

  /** Text of the body, as the windows allow. */
  public void body(String text, boolean last) throws IOException, InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    data(bytes, bytes.length, last);
  }

  void data(byte[] bytes, int length, boolean last) throws IOException, InterruptedException {
    window.acquire(length);
    connection.window().acquire(length);
    unchecked(Arrays.copyOf(bytes, length), last);
  }

  /** A part of the body, whether the windows allow it or not. */
  public void unchecked(byte[] bytes, boolean last) throws IOException {
    frame(Http2Connection.DATA, last ? Http2Connection.END_STREAM : 0, bytes);
  }

  public void reset(int code) throws IOException {
    frame(Http2Connection.RST_STREAM, 0, ByteBuffer.allocate(4).putInt(code).array());
  }

  /** A shut-down that lets streams end up to this one, or up to the one before. */
  public void goAway(boolean ends, int code) throws IOException {
    byte[] payload =
        ByteBuffer.allocate(8).putInt(ends ? number : Math.max(0, number - 2)).putInt(code).array();
    connection.frame(Http2Connection.GOAWAY, 0, 0, payload);
  }

  /** A frame of this stream. */
  public void frame(int type, int flags, byte... bytes) throws IOException {
    connection.frame(type, flags, number, bytes);
  }

  /** Sends no more on this connection. */
  public void close() throws IOException {
    connection.shutdown();
  }
}
