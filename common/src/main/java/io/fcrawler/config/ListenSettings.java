package io.fcrawler.config;

import com.google.common.net.InetAddresses;
import io.fcrawler.url.CrawlUrl;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a program listens, and under which names.
 *
 * @param bind {@code FCRAWLER_BIND}: one of this machine's addresses, or all of them ({@code
 *     0.0.0.0} or {@code ::})
 * @param port 0 for any free one
 * @param hosts {@code FCRAWLER_ALLOW_HOSTS}: names with a dot that requests may be addressed to, in
 *     the normal form of URLs
 */
public record ListenSettings(InetAddress bind, int port, Set<String> hosts) {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  public ListenSettings {
    hosts = Set.copyOf(hosts);
  }

  /** On 127.0.0.1, without names. */
  public static ListenSettings onLoopback(int port) {
    return new ListenSettings(LOOPBACK, port, Set.of());
  }

  /**
   * Reads the variables.
   *
   * @param portKey the variable that has the port
   */
  public static ListenSettings from(Env env, String portKey, int defaultPort) {
    return new ListenSettings(
        env.parsed("FCRAWLER_BIND", LOOPBACK, ListenSettings::address),
        env.integer(portKey, defaultPort, 0, 65_535),
        env.parsed("FCRAWLER_ALLOW_HOSTS", Set.of(), ListenSettings::names));
  }

  /** The normal form of a host as URLs and Host headers write it; empty where it is none. */
  public static Optional<String> host(String text) {
    return CrawlUrl.parse("http://" + text)
        .filter(url -> url.value().indexOf('/', "http://".length()) == url.value().length() - 1)
        .map(CrawlUrl::host);
  }

  /** The address with a port, as in a URL: {@code 127.0.0.1:3001}, {@code [::]:3001}. */
  public String at(int actualPort) {
    return InetAddresses.toUriString(bind) + ":" + actualPort;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddresses.forString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Env.quoted(text)
              + " is not an IP address such as 127.0.0.1, or 0.0.0.0 for all of this machine's",
          e);
    }
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(ListenSettings::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ':' || c == '/' || c == '?' || c == '#');
    return Optional.of(text)
        .filter(name -> isPlain)
        .flatMap(ListenSettings::host)
        .orElseThrow(() ->
            new IllegalArgumentException(
                Env.quoted(text)
                    + " is not a host name such as fcrawler.example.com, without scheme or"
                    + " port"));
  }
}
