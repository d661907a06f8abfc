package io.fcrawler.worker.fetch;

import com.google.common.base.Splitter;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.url.CrawlUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts with addresses of their own, for tests and closed networks.
 *
 * @param addresses host in lower case, and its addresses in order
 */
public record HostOverrides(Map<String, List<InetAddress>> addresses) {
  /** No host has one. */
  public static final HostOverrides NONE = new HostOverrides(Map.of());

  private static final String FIELD = "FCRAWLER_RESOLVE";
  private static final Splitter ENTRIES = Splitter.on(',').trimResults().omitEmptyStrings();

  public HostOverrides {
    addresses = Map.copyOf(addresses);
  }

  /**
   * Reads {@code a.example=127.0.0.1,www.a.example=::1}; a host named twice has both addresses.
   *
   * @throws BadInputException where an entry is not of this form
   */
  public static HostOverrides parse(String list) {
    Map<String, List<InetAddress>> addresses = new HashMap<>();
    for (String entry : ENTRIES.split(list)) {
      int equals = entry.indexOf('=');
      String host = host(entry.substring(0, Math.max(equals, 0)).strip());
      String literal = entry.substring(equals + 1).strip();
      if (host.isEmpty() || IpAddress.parse(literal).isEmpty()) {
        throw new BadInputException(
            FIELD, FIELD + " takes host=address pairs separated by commas, not " + entry);
      }
      addresses.computeIfAbsent(host, key -> new ArrayList<>()).add(named(host, literal));
    }
    return new HostOverrides(addresses);
  }

  /** As URLs have it; empty where it is none, or more than a host. */
  private static String host(String text) {
    return CrawlUrl.parse("http://" + text + "/")
        .filter(url -> url.value().equals("http://" + url.host() + "/"))
        .filter(url -> text.chars().noneMatch(c -> "/?#\\@:%".indexOf(c) >= 0))
        .map(CrawlUrl::host)
        .orElse("");
  }

  /** The addresses of a host that has some of its own. */
  Optional<List<InetAddress>> of(String host) {
    return Optional.ofNullable(addresses.get(host.toLowerCase(Locale.ROOT)));
  }

  private static InetAddress named(String host, String literal) {
    try {
      return InetAddress.getByAddress(host, InetAddress.ofLiteral(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of neither 4 nor 16 bytes", e);
    }
  }
}
