package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.SocketException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** How far one call came; what OkHttp's exceptions alone do not say. Used by one thread. */
final class CallTrace extends EventListener {
  /** The trace of the call that this thread makes. */
  static final ScopedValue<CallTrace> UNDER_WAY = ScopedValue.newInstance();

  /**
   * What may come over an HTTP/1 connection without a byte of content in it: the sizes and
   * extensions of chunks, which OkHttp takes at any length.
   */
  private static final long MAX_FRAMING = 1 << 20;

  /** The steps of a call, in order. */
  enum Phase {
    RESOLVE,
    CONNECT,
    HANDSHAKE,
    HEADER,
    BODY
  }

  private final Runnable sent;
  private Phase phase = Phase.RESOLVE;
  private boolean connecting;
  private boolean reused;
  private boolean multiplexed;
  private boolean encoded;
  private int status;
  private Headers headers = Headers.EMPTY;
  private boolean stale;
  private long framingBytes;
  private long answerBytes;
  private long bodyBytes;

  /**
   * Traces a call.
   *
   * @param sent run when the request's header was sent, and again when the answer begins
   */
  CallTrace(Runnable sent) {
    this.sent = sent;
  }

  Phase phase() {
    return phase;
  }

  /** Whether the connection had been used by an earlier call. */
  boolean reused() {
    return reused;
  }

  /** Whether the body has a Content-Encoding. */
  boolean encoded() {
    return encoded;
  }

  /** The status as the server sent it. */
  int status() {
    return status;
  }

  /** Bytes of the body as sent, once it was read or closed. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** The header as the server sent it. */
  Headers headers() {
    return headers;
  }

  /** Takes note of bytes on the connection of an HTTP/1 call. */
  void received(int bytes) throws IOException {
    answerBytes += bytes;
    framingBytes += bytes;
    if (phase == Phase.BODY && framingBytes > MAX_FRAMING) {
      throw new ProtocolException("a body of chunk headers alone");
    }
  }

  /** Takes note that some of the body was read. */
  void progressed() {
    framingBytes = 0;
  }

  /** Whether the answer was there before the request: the rest of what another was answered. */
  boolean isStale() {
    return stale || (reused && !multiplexed && answerBytes == 0);
  }

  /** Takes back that there was an answer. */
  void unanswered() {
    phase = Phase.HEADER;
    status = 0;
  }

  /**
   * Checks that nothing came on a kept HTTP/1 connection since its last answer.
   *
   * @throws SocketException else: what came would be taken for the next answer
   */
  void sending(InputStream in) throws IOException {
    if (phase == Phase.HEADER && isStale() && in.available() > 0) {
      stale = true; // OkHttp looks for an answer even so
      throw new SocketException("unread bytes on a kept connection");
    }
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    phase = Phase.CONNECT;
    connecting = true;
  }

  @Override
  public void secureConnectStart(Call call) {
    phase = Phase.HANDSHAKE;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    phase = Phase.HEADER;
    reused = !connecting;
    multiplexed = connection.protocol() == Protocol.HTTP_2;
    answerBytes = 0;
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    sent.run();
  }

  @Override
  public void responseHeadersStart(Call call) {
    sent.run();
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    phase = Phase.BODY;
    framingBytes = 0;
    status = response.code();
    headers = response.headers();
    encoded = response.header("Content-Encoding") != null;
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    bodyBytes = byteCount;
  }
}
