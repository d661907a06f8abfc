package io.fcrawler.url;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as people write it: letters of all scripts in the host and after it, instead of Punycode
 * and of percent-encodings of UTF-8. What is reserved (RFC 3986, section 2.2), a percent sign,
 * control characters of ASCII and bytes that are not UTF-8 stay percent-encoded.
 */
final class ReadableUrl {
  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
  private static final int ENCODED_BYTE = "%41".length();
  private static final String UNRESERVED_SIGNS = " \"<>\\^`{|}";

  private ReadableUrl() {}

  /** The readable form; the URL's own text where that is readable. */
  static String of(CrawlUrl url) {
    String value = url.value();
    String host = url.host();
    if (host.contains("xn--")) {
      int start = value.indexOf(host);
      value =
          value.substring(0, start)
              + InternationalName.toUnicode(host)
              + value.substring(start + host.length());
    }
    if (value.indexOf('%') < 0) {
      return value;
    }
    return ENCODED
        .matcher(value)
        .replaceAll(bytes -> Matcher.quoteReplacement(decoded(bytes.group())));
  }

  private static String decoded(String encoded) {
    byte[] bytes = HexFormat.of().parseHex(encoded.replace("%", ""));
    StringBuilder text = new StringBuilder(encoded.length());
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(at + utf8Length(bytes[at]), bytes.length);
      String character = new String(bytes, at, end - at, StandardCharsets.UTF_8);
      if (isReadable(character)) {
        text.append(character);
        at = end;
      } else {
        text.append(encoded, at * ENCODED_BYTE, (at + 1) * ENCODED_BYTE);
        at++;
      }
    }
    return text.toString();
  }

  /** How many bytes a character has that begins with this one, or should have. */
  private static int utf8Length(byte first) {
    if (first >= 0) {
      return 1;
    } else if ((first & 0xe0) == 0xc0) {
      return 2;
    }
    return (first & 0xf0) == 0xe0 ? 3 : 4;
  }

  private static boolean isReadable(String character) {
    int first = character.codePointAt(0);
    boolean single = character.length() == Character.charCount(first);
    return single && (first < 0x80 ? UNRESERVED_SIGNS.indexOf(first) >= 0 : first != 0xfffd);
  }
}
