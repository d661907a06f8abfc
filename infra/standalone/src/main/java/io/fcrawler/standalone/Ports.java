package io.fcrawler.standalone;

import io.fcrawler.embedded.Loopback;
import io.fcrawler.standalone.Options.NamedPort;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/** Tells which ports of this machine are taken. */
final class Ports {
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
    return Loopback.isFree(port) && Loopback.isFree(new InetSocketAddress(port));
  }

  static int anyFree() {
    return Loopback.freePort();
  }

  /** So many different ones. */
  static List<Integer> anyFree(int count) {
    return Stream.generate(Ports::anyFree).distinct().limit(count).toList();
  }
}
