package io.fcrawler.standalone;

import io.fcrawler.standalone.Options.NamedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Tells which ports of this machine are taken. */
final class Ports {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private Ports() {}

  /** Throws for the first port of these options that another process listens on. */
  static void checkFree(Options options) {
    for (NamedPort port : options.ports()) {
      if (!isFree(port.number())) {
        throw new StartFailure(
            "port %d is taken: end what listens there, or choose another by %s"
                .formatted(port.number(), port.setting().names()));
      }
    }
  }

  /** On loopback, and on all addresses together, as a server may listen on either. */
  static boolean isFree(int port) {
    return isFree(new InetSocketAddress(LOOPBACK, port)) && isFree(new InetSocketAddress(port));
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address, 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int anyFree() {
    return anyFree(1).getFirst();
  }

  /** So many different ones. */
  static List<Integer> anyFree(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        sockets.add(new ServerSocket(0, 1, LOOPBACK));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StartFailure("no free port on 127.0.0.1: " + e.getMessage(), e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
