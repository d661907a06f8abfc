package io.fcrawler.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Ports of 127.0.0.1. */
public final class Loopback {
  public static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");

  /**
   * Below the ports that systems give to outgoing connections (32768 on Linux, 49152 elsewhere).
   */
  private static final int FIRST_PORT = 10_000;

  private static final int LAST_PORT = 31_999;
  private static final int ATTEMPTS = 1000;
  private static final int BIND_ATTEMPTS = 5;
  private static final Duration BIND_PAUSE = Duration.ofMillis(20);

  private Loopback() {}

  /**
   * A port that nobody listens on now. It is not one that the system may give to an outgoing
   * connection, so a server that is killed can be started on it again.
   */
  public static int freePort() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException("no free port on 127.0.0.1");
  }

  /** Whether a server could listen on this port of 127.0.0.1 now. */
  public static boolean isFree(int port) {
    return isFree(new InetSocketAddress(ADDRESS, port));
  }

  /**
   * Whether a server could listen on this address now. Tries for 0.1 s: a process forked during an
   * earlier try inherits its socket, and keeps the port until it executes its program.
   */
  public static boolean isFree(InetSocketAddress address) {
    for (int attempt = 1; attempt <= BIND_ATTEMPTS; attempt++) {
      if (canListen(address)) {
        return true;
      }
      LockSupport.parkNanos(BIND_PAUSE.toNanos());
    }
    return false;
  }

  private static boolean canListen(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address, 1);
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
