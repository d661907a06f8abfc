package io.fcrawler.worker.testing;

import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 server (RFC 9113) on 127.0.0.1 that hands requests on to a {@link SiteServer}, as a
 * reverse proxy does, except for paths that have an answer of their own.
 */
public final class Http2Front implements AutoCloseable {
  private final SSLServerSocket server;
  private final SiteServer behind;
  private final Map<String, Answer> own;
  private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
  private final Set<Http2Connection> open = ConcurrentHashMap.newKeySet();

  /** Answers a request by frames, as it likes. */
  @FunctionalInterface
  public interface Answer {
    void to(Http2Stream stream) throws IOException, InterruptedException;
  }

  /**
   * Starts one with the key store {@code valid}.
   *
   * @param own by path
   */
  public Http2Front(SiteServer behind, Map<String, Answer> own)
      throws IOException, GeneralSecurityException {
    this.behind = behind;
    this.own = Map.copyOf(own);
    server = (SSLServerSocket) TestingTls.sockets("valid").createServerSocket();
    SSLParameters parameters = server.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    server.setSSLParameters(parameters);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().name("http2-front").start(this::accept);
  }

  public String url(String target) {
    return "https://127.0.0.1:" + server.getLocalPort() + target;
  }

  /** How often a target (path and query) was requested. */
  public long requests(String target) {
    AtomicLong count = requests.get(target);
    return count == null ? 0 : count.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        Http2Connection connection = new Http2Connection(socket, this::answer);
        open.add(connection);
        Thread.ofVirtual()
            .name("http2-connection")
            .start(() -> {
              connection.serve();
              open.remove(connection);
            });
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void answer(Http2Stream stream) throws IOException, InterruptedException {
    String target = stream.field(":path");
    requests.computeIfAbsent(target, _ -> new AtomicLong()).incrementAndGet();
    String path = target.split("\\?", 2)[0];
    own.getOrDefault(path, new Http1Behind(behind)).to(stream);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Http2Connection connection : open) {
      connection.close();
    }
  }
}
