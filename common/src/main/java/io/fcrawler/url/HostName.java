package io.fcrawler.url;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The normal form of a URL's host: a domain name in lower case, in ASCII and without a dot at its
 * end; a dotted IPv4 address; or an IPv6 address (RFC 5952) in brackets.
 *
 * <p>Names in other scripts are mapped much as by <a href="https://www.unicode.org/reports/tr46/">
 * UTS 46</a> without transitional processing, as browsers do: {@code ß} stays itself. Underscores
 * are taken: RFC 3986 (section 3.2.2) and the DNS (RFC 2181, section 11) allow them, sites use
 * them.
 */
final class HostName {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL = 63;

  /** Longer than any host is, however it is written; what is longer is not even looked at. */
  private static final int MAX_WRITTEN = 4096;

  private static final Pattern DOTS = Pattern.compile("[.。．｡]");

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
    List<String> labels = new ArrayList<>();
    for (String label : DOTS.split(decoded(raw), -1)) {
      labels.add(mapped(label));
    }
    if (labels.size() > 1 && labels.getLast().isEmpty()) {
      labels.removeLast();
    }
    return name(labels);
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

  private static String mapped(String label) {
    if (label.chars().allMatch(c -> c < 0x80)) {
      return lowerCase(label);
    }
    String folded = lowerCase(Normalizer.normalize(label, Normalizer.Form.NFKC));
    return Normalizer.normalize(withoutIgnored(folded), Normalizer.Form.NFKC);
  }

  /** By code point, so that a capital sigma at the end does not become a final one. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return lower.toString();
  }

  /** Without soft hyphens, zero width spaces, word joiners and variation selectors. */
  private static String withoutIgnored(String text) {
    return text.replaceAll("[\\u00ad\\u200b\\u2060\\ufe00-\\ufe0f\\ufeff]", "");
  }

  private static String name(List<String> labels) throws MalformedUrlException {
    List<String> ascii = new ArrayList<>();
    for (String label : labels) {
      ascii.add(ascii(label));
    }
    String name = String.join(".", ascii);
    if (name.length() > MAX_LENGTH) {
      throw tooLong(name.length());
    }
    return Ipv4Name.endsSo(ascii.getLast()) ? Ipv4Name.dotted(name) : name;
  }

  private static MalformedUrlException tooLong(int length) {
    return new MalformedUrlException(
        "has a host of %d characters; at most %d are right".formatted(length, MAX_LENGTH));
  }

  private static String ascii(String label) throws MalformedUrlException {
    if (label.isEmpty()) {
      throw new MalformedUrlException("has a host with an empty part between dots");
    }
    if (!label.codePoints().allMatch(HostName::allowed)) {
      throw new MalformedUrlException(
          "has a host with characters other than letters, digits, hyphens and dots");
    }
    if (label.startsWith("xn--") && !label.chars().allMatch(c -> c < 0x80)) {
      throw new MalformedUrlException(
          "has a host with a part that begins with xn-- and is yet not encoded");
    }
    if (label.startsWith("xn--") && label.length() <= MAX_LABEL && !isEncoded(label)) {
      throw new MalformedUrlException("has a host with a part after xn-- that encodes nothing");
    }
    boolean plain =
        label.codePointCount(0, label.length()) > MAX_LABEL
            || label.chars().allMatch(c -> c < 0x80);
    String ascii = plain ? label : "xn--" + Punycode.encode(label);
    if (ascii.length() > MAX_LABEL) {
      throw new MalformedUrlException(
          "has a host with a part of more than %d characters between dots".formatted(MAX_LABEL));
    }
    return ascii;
  }

  /** Whether a label in Punycode stands for one in other scripts that is in normal form. */
  private static boolean isEncoded(String label) {
    String encoded = label.substring("xn--".length());
    return Punycode.decode(encoded)
        .filter(name -> name.chars().anyMatch(c -> c >= 0x80) && mapped(name).equals(name))
        .filter(name -> name.codePoints().allMatch(HostName::allowed))
        .filter(name -> Punycode.encode(name).equals(encoded))
        .isPresent();
  }

  private static boolean allowed(int codePoint) {
    if (codePoint < 0x80) {
      return (codePoint >= 'a' && codePoint <= 'z')
          || (codePoint >= '0' && codePoint <= '9')
          || codePoint == '-'
          || codePoint == '_';
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> codePoint != 0xfffd;
    };
  }
}
