package io.fcrawler.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code redis://user:password@host:port/database}, of which all but scheme and host may be absent;
 * {@code rediss} for TLS. User and password are percent-decoded.
 *
 * @param address without credentials and database
 */
record RedisUrl(
    String address,
    Optional<String> username,
    Optional<String> password,
    Optional<Integer> database) {
  static final RedisUrl LOCAL = of("redis://localhost:" + RedisSettings.DEFAULT_PORT);
  static final int MAX_DATABASE = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(rediss?)://(?:([^/?#@]*)@)?([^/?#@]+)(?:/(\\d{0,5}))?");

  static RedisUrl of(String address) {
    return new RedisUrl(address, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @throws IllegalArgumentException whose message does not show the value, as it may hold a secret
   */
  static RedisUrl parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not of the form redis://user:password@host:port/database, or rediss:// for TLS, with"
              + " characters such as @ : / ? # % in user and password percent-encoded");
    }
    String credentials = Optional.ofNullable(matcher.group(2)).orElse("");
    int colon = credentials.indexOf(':');
    String user = colon < 0 ? credentials : credentials.substring(0, colon);
    String password = colon < 0 ? "" : credentials.substring(colon + 1);
    return new RedisUrl(
        matcher.group(1) + "://" + HostPort.parse(matcher.group(3), RedisSettings.DEFAULT_PORT),
        decoded(user),
        decoded(password),
        database(Optional.ofNullable(matcher.group(4)).orElse("")));
  }

  private static Optional<String> decoded(String part) {
    try {
      // The decoder is one for forms, where a plus means a space; in a URL it means itself.
      return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
          .filter(decoded -> !decoded.isEmpty());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a % in user or password is not followed by two hexadecimal digits; write %25 for %", e);
    }
  }

  private static Optional<Integer> database(String digits) {
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    int database = Integer.parseInt(digits);
    if (database > MAX_DATABASE) {
      throw new IllegalArgumentException("database is not a number from 0 to " + MAX_DATABASE);
    }
    return Optional.of(database);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisUrl[" + address + "]";
  }
}
