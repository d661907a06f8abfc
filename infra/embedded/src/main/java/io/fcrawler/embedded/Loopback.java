package io.fcrawler.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Ports of 127.0.0.1. */
public final class Loopback {
  public static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");

  private Loopback() {}

  /** A port that nobody listens on now; another process may take it at any time. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, ADDRESS)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }

  /** Whether a server could listen on this port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(ADDRESS, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Connects, each of connecting and reading bounded by {@code timeout}. */
  static Socket connect(int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(ADDRESS, port), (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
