package io.fcrawler.worker.fetch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses are globally routable, by the IANA special-purpose address registries. An address
 * that stands for an IPv4 address (mapped, NAT64, 6to4) is what that one is.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 registry</a>
 */
final class PublicAddresses {
  private static final List<IpNetwork> NOT_PUBLIC_V4 =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private use
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "168.63.129.16", // Azure's platform, from within its machines
          "169.254.0.0/16", // link local, and cloud metadata
          "172.16.0.0/12", // private use
          "192.0.0.0/24", // IETF protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private use
          "198.18.0.0/15", // benchmarking
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private static final IpNetwork GLOBAL_UNICAST_V6 = IpNetwork.of("2000::/3");

  private static final List<IpNetwork> NOT_PUBLIC_V6 =
      networks(
          "2001::/23", // IETF protocol assignments: Teredo, ORCHID, benchmarking
          "2001:db8::/32", // documentation
          "3fff::/20"); // documentation

  private static final IpNetwork NAT64 = IpNetwork.of("64:ff9b::/96");
  private static final IpNetwork SIX_TO_FOUR = IpNetwork.of("2002::/16");

  /** The upper half of an interface identifier (RFC 5214, section 6.1), and its one free bit. */
  private static final long ISATAP = 0x0000_5efeL;

  private static final long ISATAP_GLOBAL = 0x0200_0000L;

  private PublicAddresses() {}

  static boolean contains(IpAddress address) {
    if (address.isV4()) {
      return none(NOT_PUBLIC_V4, address);
    }
    Optional<IpAddress> embedded = embedded(address);
    if (embedded.isPresent()) {
      return contains(embedded.get());
    }
    return GLOBAL_UNICAST_V6.contains(address)
        && none(NOT_PUBLIC_V6, address)
        && isatap(address).map(PublicAddresses::contains).orElse(true);
  }

  /** The IPv4 address to which packets for an IPv6 address are translated or tunnelled. */
  static Optional<IpAddress> embedded(IpAddress address) {
    if (NAT64.contains(address)) {
      return Optional.of(IpAddress.v4(address.low()));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Optional.of(IpAddress.v4(address.high() >>> 16));
    }
    return Optional.empty();
  }

  /** The IPv4 address of an ISATAP interface, to which a machine with such a one may tunnel. */
  private static Optional<IpAddress> isatap(IpAddress address) {
    boolean so = (address.low() >>> 32 & ~ISATAP_GLOBAL) == ISATAP;
    return so ? Optional.of(IpAddress.v4(address.low())) : Optional.empty();
  }

  private static boolean none(List<IpNetwork> networks, IpAddress address) {
    return networks.stream().noneMatch(network -> network.contains(address));
  }

  private static List<IpNetwork> networks(String... texts) {
    return Stream.of(texts).map(IpNetwork::of).toList();
  }
}
