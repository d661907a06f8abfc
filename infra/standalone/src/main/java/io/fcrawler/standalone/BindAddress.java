package io.fcrawler.standalone;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;

/** The address that the API and the workers listen on, as {@code FCRAWLER_BIND} says. */
final class BindAddress {
  static final String VARIABLE = "FCRAWLER_BIND";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final InetAddress address;

  private BindAddress(InetAddress address) {
    this.address = address;
  }

  /** Loopback where the value is no address: the parts then refuse it, and say why. */
  static BindAddress of(Map<String, String> env) {
    String text = env.getOrDefault(VARIABLE, "").strip();
    try {
      return new BindAddress(text.isEmpty() ? LOOPBACK : InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return new BindAddress(LOOPBACK);
    }
  }

  /** A URL at which this machine reaches it. */
  String url(int port) {
    InetAddress reached = address.isAnyLocalAddress() ? LOOPBACK : address;
    String host = reached.getHostAddress();
    return "http://" + (reached instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
  }

  /** The URL, and that others reach it too where they may. */
  String shown(int port) {
    return url(port) + (address.isAnyLocalAddress() ? " (on all addresses of this machine)" : "");
  }
}
