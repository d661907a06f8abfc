package io.fcrawler.worker.robots;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of a robots.txt that says something, as Google's parser takes it: keys in any case and
 * with the typos that are frequent, blanks around, a blank for a forgotten colon.
 *
 * @param value of a user-agent line its product token in lower case, with digits, or {@code *}; of
 *     an allow or disallow line its path, with that percent-encoded which cannot be in a URL as it
 *     is, and {@link #STRAY_PERCENT}
 */
record RobotsLine(Kind kind, String value) {
  enum Kind {
    USER_AGENT("user-agent", "useragent", "user agent", "users-agent", "user-agnet", "ser-agent"),
    ALLOW("allow"),
    DISALLOW(
        "disallow",
        "dissallow",
        "dissalow",
        "disalow",
        "diasllow",
        "disallaw",
        "desallow",
        "dsallow",
        "diallow",
        "disllow"),
    CRAWL_DELAY("crawl-delay", "crawldelay", "crawl delay", "craw-delay", "crawl-deley");

    /** What its key begins with: those that Google's parser and crawler-commons know. */
    private final ImmutableList<String> keys;

    Kind(String... keys) {
      this.keys = ImmutableList.copyOf(keys);
    }

    private static Optional<Kind> of(String key) {
      for (Kind kind : values()) {
        if (kind.keys.stream().anyMatch(key::startsWith)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Stands for a percent sign that encodes nothing, and matches any, as in Google's parser: {@code
   * /*%} means all that is encoded. crawler-commons leaves this character alone.
   */
  static final char STRAY_PERCENT = '\\';

  private static final String ALL = "*";
  private static final CharMatcher BLANK = CharMatcher.anyOf("\0\t\n\u000b\f\r ");
  private static final CharMatcher SPACE = CharMatcher.anyOf(" \t");
  private static final CharMatcher TOKEN =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('A', 'Z'))
          .or(CharMatcher.anyOf("-_"))
          .precomputed();
  private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
  private static final CharMatcher ENCODED =
      CharMatcher.inRange('!', '~').and(CharMatcher.noneOf("\"<>[\\]^`{|}")).negate().precomputed();

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Reads a line; empty where it says nothing that is understood.
   *
   * @param line whose characters are bytes
   */
  static Optional<RobotsLine> read(String line) {
    int comment = line.indexOf('#');
    String text = BLANK.trimFrom(comment < 0 ? line : line.substring(0, comment));
    int colon = text.indexOf(':');
    int end = colon < 0 ? onlySpaces(text) : colon;
    if (end < 0) {
      return Optional.empty();
    }
    String key = BLANK.trimFrom(text.substring(0, end)).toLowerCase(Locale.ROOT);
    String value = BLANK.trimFrom(text.substring(end + 1));
    return Kind.of(key).map(kind -> new RobotsLine(kind, normal(kind, value)));
  }

  /**
   * Whether a user-agent line is for a crawler. Tokens of RFC 9309 have no digits, so that a name
   * ends before them; but crawlers with digits in theirs are named with all of it.
   */
  boolean names(String productToken) {
    int digit = DIGIT.indexIn(value);
    return value.equals(productToken)
        || (digit >= 0 && value.substring(0, digit).equals(productToken));
  }

  /** Whether a user-agent line is for all crawlers. */
  boolean namesAll() {
    return value.equals(ALL);
  }

  /** Where the spaces between a line's words are, if it has two of them; else -1. */
  private static int onlySpaces(String text) {
    int end = SPACE.indexIn(text);
    return end < 0 || SPACE.matchesAnyOf(SPACE.trimFrom(text.substring(end))) ? -1 : end;
  }

  private static String normal(Kind kind, String value) {
    return switch (kind) {
      case USER_AGENT -> token(value);
      case ALLOW, DISALLOW -> encoded(value);
      case CRAWL_DELAY -> value;
    };
  }

  private static String token(String value) {
    if (value.equals("*") || (value.startsWith("*") && BLANK.matches(value.charAt(1)))) {
      return ALL;
    }
    int end = TOKEN.or(DIGIT).negate().indexIn(value);
    return (end < 0 ? value : value.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static String encoded(String path) {
    if (ENCODED.matchesNoneOf(path) && path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder encoded = new StringBuilder(path.length() + 32);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (ENCODED.matches(c)) {
        encoded.append('%').append(HEX.toHexDigits((byte) c));
      } else {
        encoded.append(c == '%' && !encodes(path, i) ? STRAY_PERCENT : c);
      }
    }
    return encoded.toString();
  }

  private static boolean encodes(String path, int percent) {
    return path.length() > percent + 2
        && HexFormat.isHexDigit(path.charAt(percent + 1))
        && HexFormat.isHexDigit(path.charAt(percent + 2));
  }
}
