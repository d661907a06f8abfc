package io.fcrawler.worker.fetch;

import java.util.Optional;

/**
 * The addresses that begin with the same bits.
 *
 * @param prefix how many bits, 0 to 128, counted in the 128 bits of {@link IpAddress}
 */
record IpNetwork(IpAddress address, int prefix) {
  private static final int V4_OFFSET = 96;

  /** Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone. */
  static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    Optional<IpAddress> address = IpAddress.parse(literal);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    boolean v4 = literal.indexOf(':') < 0;
    int bits = v4 ? 32 : 128;
    int prefix = slash < 0 ? bits : number(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      return Optional.empty();
    }
    return Optional.of(new IpNetwork(address.get(), v4 ? prefix + V4_OFFSET : prefix));
  }

  /** Reads what is known to be right. */
  static IpNetwork of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** An IPv4 address is only in IPv4 networks: {@code ::/0} is all of IPv6, and no more. */
  boolean contains(IpAddress other) {
    if (other.isV4() && prefix < V4_OFFSET) {
      return false;
    }
    long high = mask(prefix);
    long low = mask(prefix - 64);
    return (address.high() & high) == (other.high() & high)
        && (address.low() & low) == (other.low() & low);
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= 64 ? -1L : -1L << (64 - bits);
  }
}
