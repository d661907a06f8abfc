package io.fcrawler.worker.fetch;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as 128 bits; IPv4 in its mapped form, {@code ::ffff:a.b.c.d}, so that one address
 * has one value.
 */
record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  static IpAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? v4(bits(bytes, 0, 4)) : v6(bytes);
  }

  /** The address of 32 bits. */
  static IpAddress v4(long bits) {
    return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
  }

  private static IpAddress v6(byte[] bytes) {
    return new IpAddress(bits(bytes, 0, 8), bits(bytes, 8, 8));
  }

  /** Reads a literal: IPv4 as four decimal numbers, IPv6 without brackets or zone. */
  static Optional<IpAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.ofLiteral(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isV4() {
    return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
  }

  private static long bits(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }
}
