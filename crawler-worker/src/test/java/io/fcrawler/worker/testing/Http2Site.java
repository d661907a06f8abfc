package io.fcrawler.worker.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 server (RFC 9113) on 127.0.0.1 that treats its n-th request, over all connections, as a
 * script says. It reads no header fields.
 */
public final class Http2Site implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int PRIORITY = 2;
  private static final int PUSH_PROMISE = 5;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final int UNKNOWN = 0x42;
  private static final int FLOOD = 2000;
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int PREFACE_LENGTH = 24;
  private static final byte STATUS_200 = (byte) 0x88; // HPACK, static table

  private final SSLServerSocket server;
  private final IntFunction<Step> script;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  /** What becomes of a request. */
  public enum Step {
    /** 200 with the body {@code ok}. */
    ANSWER,
    /** 421. */
    MISDIRECT,
    /** 200 after many settings, pings, window updates, priorities and frames of no known type. */
    FLOOD_AND_ANSWER,
    /** 200 with a frame that is too large. */
    OVERSIZE,
    /** A header block that never ends. */
    ENDLESS_HEADER,
    /** A header block without a status. */
    NO_STATUS,
    /** A header block that HPACK cannot read. */
    BAD_HEADER,
    /** A redirect to a byte that is not UTF-8, and to one that is. */
    REDIRECT_TO_BYTES,
    /** The promise of a page that no one asked for, and then 200. */
    PUSH,
    /** The header of a 200, then a shut-down that lets this stream end, then the body. */
    GO_AWAY_AND_ANSWER,
    /** The header of a 200, then nothing more and the end of the connection. */
    CLOSE_IN_BODY,
    /** A 200 that announces more than the two bytes of its body. */
    SHORT,
    /** A 200 that announces less. */
    LONG,
    /** The header of a 200, then a reset of the stream. */
    RESET_IN_BODY,
    /** A reset of the stream by an internal error. */
    RESET,
    /** A reset of the stream that says it was not processed. */
    REFUSE,
    /** A shut-down of the connection that says the stream was not processed. */
    GO_AWAY
  }

  /**
   * Starts a site with the key store {@code valid}; {@code script} gets 1 for the first request.
   */
  public Http2Site(IntFunction<Step> script) throws IOException, GeneralSecurityException {
    this.script = script;
    server = (SSLServerSocket) TestingTls.sockets("valid").createServerSocket();
    SSLParameters parameters = server.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    server.setSSLParameters(parameters);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().name("http2-site").start(this::accept);
  }

  public String url(String target) {
    return "https://127.0.0.1:" + server.getLocalPort() + target;
  }

  /** How many requests came. */
  public int requests() {
    return requests.get();
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().name("http2-connection").start(() -> serve(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      in.readFully(new byte[PREFACE_LENGTH]);
      frame(out, SETTINGS, 0, 0);
      while (serveFrame(in, out)) {
        out.flush();
      }
      socket.shutdownOutput();
      in.skipNBytes(Long.MAX_VALUE); // to the end: what is left unread would make a reset of it
    } catch (IOException e) {
      // the client went away
    }
  }

  private boolean serveFrame(DataInputStream in, DataOutputStream out) throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return switch (type) {
      case SETTINGS -> flags == ACK || frame(out, SETTINGS, ACK, 0);
      case PING -> flags == ACK || frame(out, PING, ACK, 0, payload);
      case HEADERS -> step(script.apply(requests.incrementAndGet()), out, stream);
      case GOAWAY -> false;
      default -> true;
    };
  }

  private static boolean step(Step step, DataOutputStream out, int stream) throws IOException {
    return switch (step) {
      case ANSWER ->
          frame(out, HEADERS, END_HEADERS, stream, STATUS_200)
              && frame(out, DATA, END_STREAM, stream, "ok".getBytes(StandardCharsets.UTF_8));
      case RESET_IN_BODY ->
          frame(out, HEADERS, END_HEADERS, stream, STATUS_200)
              && reset(out, stream, INTERNAL_ERROR);
      case SHORT -> announcing("300000", out, stream);
      case LONG -> announcing("1", out, stream);
      case RESET -> reset(out, stream, INTERNAL_ERROR);
      case REFUSE -> reset(out, stream, REFUSED_STREAM);
      case GO_AWAY -> frame(out, GOAWAY, 0, 0, new byte[8]);
      case MISDIRECT -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, literalStatus("421"));
      case FLOOD_AND_ANSWER -> flood(out, stream) && step(Step.ANSWER, out, stream);
      case OVERSIZE -> frame(out, DATA, 0, stream, new byte[(1 << 14) + 1]);
      case ENDLESS_HEADER -> endlessHeader(out, stream);
      case NO_STATUS -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, new byte[0]);
      case BAD_HEADER -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, (byte) 0xff);
      case PUSH ->
          frame(out, PUSH_PROMISE, END_HEADERS, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 2)
              && step(Step.ANSWER, out, stream);
      case GO_AWAY_AND_ANSWER ->
          frame(out, GOAWAY, 0, 0, goAwayAfter(stream)) && step(Step.ANSWER, out, stream);
      case REDIRECT_TO_BYTES -> redirect("/\u00e9/\u00c3\u00a9", out, stream);
      case CLOSE_IN_BODY -> !frame(out, HEADERS, END_HEADERS, stream, STATUS_200); // serves no more
    };
  }

  private static boolean announcing(String length, DataOutputStream out, int stream)
      throws IOException {
    byte[] field = literal("content-length", length);
    byte[] header = ByteBuffer.allocate(1 + field.length).put(STATUS_200).put(field).array();
    return frame(out, HEADERS, END_HEADERS, stream, header)
        && frame(out, DATA, END_STREAM, stream, "ok".getBytes(StandardCharsets.UTF_8));
  }

  private static boolean redirect(String location, DataOutputStream out, int stream)
      throws IOException {
    byte[] status = literalStatus("302");
    byte[] field = literal("location", location);
    byte[] header =
        ByteBuffer.allocate(status.length + field.length).put(status).put(field).array();
    return frame(out, HEADERS, END_HEADERS | END_STREAM, stream, header);
  }

  private static boolean reset(DataOutputStream out, int stream, int code) throws IOException {
    return frame(out, RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) code);
  }

  private static boolean flood(DataOutputStream out, int stream) throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      frame(out, SETTINGS, 0, 0, (byte) 0, (byte) 3, (byte) 0, (byte) 0, (byte) 0, (byte) 100);
      frame(out, PING, 0, 0, new byte[8]);
      frame(out, WINDOW_UPDATE, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
      frame(out, PRIORITY, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9);
      frame(out, UNKNOWN, 0xff, stream, new byte[100]);
    }
    return true;
  }

  /** Until the client goes away. */
  private static boolean endlessHeader(DataOutputStream out, int stream) throws IOException {
    byte[] field = literal("x".repeat(100), "y".repeat(100));
    frame(out, HEADERS, 0, stream, STATUS_200);
    while (!Thread.interrupted()) {
      frame(out, CONTINUATION, 0, stream, field);
    }
    return false;
  }

  /** A field without indexing, by HPACK (RFC 7541, section 6.2.2). */
  private static byte[] literal(String name, String value) {
    String field = "\0" + (char) name.length() + name + (char) value.length() + value;
    return field.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] literalStatus(String status) {
    return ("\b" + (char) status.length() + status).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] goAwayAfter(int stream) {
    return ByteBuffer.allocate(8).putInt(stream).putInt(0).array();
  }

  private static boolean frame(DataOutputStream out, int type, int flags, int stream, byte... bytes)
      throws IOException {
    Http2Connection.frame(out, type, flags, stream, bytes);
    return true;
  }
}
