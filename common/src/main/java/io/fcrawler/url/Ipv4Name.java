package io.fcrawler.url;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A host that is an IPv4 address, in any of the spellings that browsers and the C library take: one
 * to four numbers, each decimal, octal or hexadecimal, the last of which fills what is left.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-parser">WHATWG URL, IPv4 parser</a>
 */
final class Ipv4Name {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final int PARTS = 4;
  private static final long BYTE = 256;

  private Ipv4Name() {}

  /** Whether a host that ends in this label is an address, or nothing. */
  static boolean endsSo(String lastLabel) {
    return NUMBER.matcher(lastLabel).matches();
  }

  /**
   * The address as four decimal numbers.
   *
   * @param name in lower case, without a dot at its end
   */
  static String dotted(String name) throws MalformedUrlException {
    String[] parts = name.split("\\.", -1);
    if (parts.length > PARTS) {
      throw wrong();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      int bytes = last ? PARTS - i : 1;
      long number = number(parts[i]).orElseThrow(Ipv4Name::wrong);
      if (number >= 1L << (Byte.SIZE * bytes)) {
        throw wrong();
      }
      address = (address << (Byte.SIZE * bytes)) | number;
    }
    return String.format(
        Locale.ROOT,
        "%d.%d.%d.%d",
        address >> 24,
        (address >> 16) % BYTE,
        (address >> 8) % BYTE,
        address % BYTE);
  }

  /** Empty where it is none; more than 32 bits count as the largest number. */
  private static OptionalLong number(String part) {
    if (!NUMBER.matcher(part).matches()) {
      return OptionalLong.empty();
    }
    boolean hex = part.startsWith("0x");
    boolean octal = !hex && part.length() > 1 && part.startsWith("0");
    String digits = part.substring(hex ? 2 : 0).replaceFirst("^0+", "");
    if (digits.isEmpty()) {
      return OptionalLong.of(0);
    }
    if (octal && !digits.chars().allMatch(digit -> digit < '8')) {
      return OptionalLong.empty();
    }
    boolean large = digits.length() > 11; // 32 bits have at most 11 octal digits
    return OptionalLong.of(
        large ? Long.MAX_VALUE : Long.parseLong(digits, hex ? 16 : octal ? 8 : 10));
  }

  private static MalformedUrlException wrong() {
    return new MalformedUrlException(
        "has a host that ends in a number, but is no IPv4 address such as 192.0.2.1");
  }
}
