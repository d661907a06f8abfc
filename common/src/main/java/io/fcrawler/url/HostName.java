package io.fcrawler.url;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The normal form of a URL's host: a domain name in lower case, in ASCII and without a dot at its
 * end; a dotted IPv4 address; or an IPv6 address (RFC 5952) in brackets.
 *
 * <p>A name in ASCII is only put into lower case, whether or not its parts after {@code xn--}
 * encode something, as by <a href="https://url.spec.whatwg.org/#concept-domain-to-ascii">browsers
 * </a>; others are mapped by {@link InternationalName}. Underscores are taken: RFC 3986 (section
 * 3.2.2) and the DNS (RFC 2181, section 11) allow them, sites use them.
 */
final class HostName {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL = 63;

  /** Longer than any host is, however it is written; what is longer is not read. */
  private static final int MAX_WRITTEN = 4096;

  /** Of a name beyond ASCII and of its parts, which take time by the square of their length. */
  private static final int MAX_INTERNATIONAL = 1024;

  private static final int MAX_INTERNATIONAL_LABEL = 2 * MAX_LABEL;
  private static final Splitter DOTS = Splitter.on(CharMatcher.anyOf(".。．｡"));

  private HostName() {}

  /** The normal form of {@code raw}, which has neither port nor user info. */
  static String normal(String raw) throws MalformedUrlException {
    if (raw.isEmpty()) {
      throw new MalformedUrlException("has no host; give one such as example.com");
    }
    if (raw.length() > MAX_WRITTEN) {
      throw tooLong(raw.length());
    }
    if (raw.indexOf('[') >= 0 || raw.indexOf(']') >= 0) {
      return ipv6(raw);
    }
    String name = ascii(decoded(raw));
    return checked(
        name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
  }

  private static String ipv6(String raw) throws MalformedUrlException {
    String inside =
        raw.startsWith("[") && raw.endsWith("]") ? raw.substring(1, raw.length() - 1) : "";
    boolean plain = inside.indexOf(':') >= 0 && inside.indexOf('%') < 0;
    if (!plain || !InetAddresses.isInetAddress(inside)) {
      throw new MalformedUrlException(
          "has a broken IPv6 address; write one in brackets, such as [2001:db8::1]");
    }
    InetAddress address = InetAddresses.forString(inside); // an IPv4-mapped one becomes an IPv4 one
    return InetAddresses.toUriString(address);
  }

  private static String decoded(String raw) throws MalformedUrlException {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedUrlException("has a host with a % that encodes nothing");
    }
  }

  private static String ascii(String name) throws MalformedUrlException {
    if (CharMatcher.ascii().matchesAllOf(name)) {
      return Ascii.toLowerCase(name);
    }
    if (name.length() > MAX_INTERNATIONAL) {
      throw tooLong(name.length());
    }
    for (String label : DOTS.split(name)) {
      if (label.length() > MAX_INTERNATIONAL_LABEL) {
        throw longLabel();
      }
    }
    return InternationalName.toAscii(name);
  }

  private static String checked(String name) throws MalformedUrlException {
    int label = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        checkLabel(label);
        label = 0;
      } else if (isAllowed(c)) {
        label++;
      } else {
        throw new MalformedUrlException(
            "has a host with characters other than letters, digits, hyphens and dots");
      }
    }
    checkLabel(label);
    if (name.length() > MAX_LENGTH) {
      throw tooLong(name.length());
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return Ipv4Name.endsSo(last) ? Ipv4Name.dotted(name) : name;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static void checkLabel(int length) throws MalformedUrlException {
    if (length == 0) {
      throw new MalformedUrlException("has a host with an empty part between dots");
    }
    if (length > MAX_LABEL) {
      throw longLabel();
    }
  }

  private static MalformedUrlException longLabel() {
    return new MalformedUrlException(
        "has a host with a part of more than %d characters between dots".formatted(MAX_LABEL));
  }

  private static MalformedUrlException tooLong(int length) {
    return new MalformedUrlException(
        "has a host of %d characters; at most %d are right".formatted(length, MAX_LENGTH));
  }
}
