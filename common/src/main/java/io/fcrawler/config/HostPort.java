package io.fcrawler.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's address as configuration writes it: {@code localhost:9092}, {@code [::1]:6379}. Names
 * may have underscores, as containers' names do.
 */
record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+)(?::(\\d{1,5}))?");

  /**
   * @param defaultPort used where none is written; 0 where one must be
   * @throws IllegalArgumentException whose message tells what would be right
   */
  static HostPort parse(String text, int defaultPort) {
    Matcher matcher = FORM.matcher(text);
    String right =
        " is not host:port, such as localhost:" + (defaultPort == 0 ? 9092 : defaultPort);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(Env.quoted(text) + right);
    }
    int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          Env.quoted(text) + right + ", with a port from 1 to 65535");
    }
    return new HostPort(matcher.group(1), port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
