package io.fcrawler.worker.fetch;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;

/** How far one call came; what OkHttp's exceptions alone do not say. Used by one thread. */
final class CallTrace extends EventListener {
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
  private boolean encoded;
  private int status;
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

  void answered(Response response) {
    status = response.code();
    encoded = response.header("Content-Encoding") != null;
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
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    bodyBytes = byteCount;
  }
}
