package io.fcrawler.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code redis://user:password@host:port/database}, of which all but scheme and host may be absent;
 * or {@code redis+sentinel://user:password@host:port,host:port/master/database}, which names the
 * Sentinels and the master that they know the address of. {@code rediss} for TLS. User and password
 * are those of Redis, and percent-decoded.
 *
 * @param addresses of Redis, or of all Sentinels; without credentials and database
 * @param master empty where the address is that of Redis itself
 */
record RedisUrl(
    List<String> addresses,
    Optional<String> master,
    Optional<String> username,
    Optional<String> password,
    Optional<Integer> database) {
  static final RedisUrl LOCAL = of("redis://localhost:" + RedisSettings.DEFAULT_PORT);
  static final int MAX_DATABASE = 65_535;

  private static final int SENTINEL_PORT = 26_379;
  private static final String SERVERS =
      "(?<scheme>rediss?)%s://(?:(?<who>[^/?#@]*)@)?(?<hosts>[^/?#@]+)";
  private static final String DATABASE = "(?:/(?<database>\\d{0,5}))?";
  private static final Pattern ONE = Pattern.compile(SERVERS.formatted("") + DATABASE);
  private static final Pattern SENTINELS =
      Pattern.compile(
          SERVERS.formatted("\\+sentinel") + "(?:/(?<master>[A-Za-z0-9._-]*)" + DATABASE + ")?");

  static RedisUrl of(String address) {
    return new RedisUrl(
        List.of(address), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @throws IllegalArgumentException whose message does not show the value, as it may hold a secret
   */
  static RedisUrl parse(String text) {
    Matcher one = ONE.matcher(text);
    if (one.matches()) {
      return read(one, List.of(address(one, one.group("hosts"), RedisSettings.DEFAULT_PORT)), "");
    }
    Matcher sentinels = SENTINELS.matcher(text);
    if (!sentinels.matches()) {
      throw new IllegalArgumentException(
          "not of the form redis://user:password@host:port/database, or"
              + " redis+sentinel://user:password@host:port,host:port/master/database (rediss for"
              + " TLS), with characters such as @ : / ? # % in user and password percent-encoded");
    }
    List<String> addresses =
        Stream.of(sentinels.group("hosts").split(",", -1))
            .map(host -> address(sentinels, host, SENTINEL_PORT))
            .toList();
    return read(sentinels, addresses, master(sentinels));
  }

  private static String address(Matcher matcher, String host, int defaultPort) {
    return matcher.group("scheme") + "://" + HostPort.parse(host, defaultPort);
  }

  private static String master(Matcher matcher) {
    String master = Optional.ofNullable(matcher.group("master")).orElse("");
    if (master.isEmpty()) {
      throw new IllegalArgumentException(
          "after the Sentinels the name of the master is missing, such as /mymaster");
    }
    return master;
  }

  private static RedisUrl read(Matcher matcher, List<String> addresses, String master) {
    String credentials = Optional.ofNullable(matcher.group("who")).orElse("");
    int colon = credentials.indexOf(':');
    String user = colon < 0 ? credentials : credentials.substring(0, colon);
    String password = colon < 0 ? "" : credentials.substring(colon + 1);
    return new RedisUrl(
        addresses,
        Optional.of(master).filter(name -> !name.isEmpty()),
        decoded(user),
        decoded(password),
        database(Optional.ofNullable(matcher.group("database")).orElse("")));
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
    return "RedisUrl" + addresses;
  }
}
