package io.fcrawler.worker.fetch;

import com.google.common.base.Splitter;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.url.CrawlUrl;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses may be connected to: those that are public and not this machine's own, and those
 * that the operator lists; at the ports that the operator lists, if so. An IPv6 address that stands
 * for an IPv4 address is allowed where that one is.
 */
public final class AddressPolicy {
  /** Public addresses alone. */
  public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of(), Set.of(), Ports.ANY);

  private static final String FIELD = "FCRAWLER_ALLOW_PRIVATE";
  private static final Pattern HOST =
      Pattern.compile("\\[[0-9A-Fa-f:.]+]|[^\\s\\p{Cntrl}/?#@:%\\\\\\[\\]]+");
  private static final Splitter ENTRIES = Splitter.on(',').trimResults().omitEmptyStrings();

  private final List<IpNetwork> networks;
  private final Set<Endpoint> endpoints;
  private final Ports ports;

  /** A host, by a name in lower case or by an address, at one port. */
  private record Endpoint(Object host, int port) {}

  private AddressPolicy(List<IpNetwork> networks, Set<Endpoint> endpoints, Ports ports) {
    this.networks = List.copyOf(networks);
    this.endpoints = Set.copyOf(endpoints);
    this.ports = ports;
  }

  /** The same at these ports alone; a listed endpoint is allowed at its own. */
  public AddressPolicy at(Ports others) {
    return new AddressPolicy(networks, endpoints, others);
  }

  /**
   * Reads a comma-separated list of networks ({@code 10.0.0.0/8}, {@code fd00::/8}), addresses
   * ({@code 127.0.0.1}) and endpoints ({@code 127.0.0.1:8088}, {@code [::1]:8088}, {@code
   * intranet.example:80}).
   *
   * @throws BadInputException where an entry is none of these
   */
  public static AddressPolicy parse(String list) {
    List<IpNetwork> networks = new ArrayList<>();
    Set<Endpoint> endpoints = new HashSet<>();
    for (String entry : ENTRIES.split(list)) {
      IpNetwork.parse(entry).ifPresentOrElse(networks::add, () -> endpoints.add(endpoint(entry)));
    }
    return new AddressPolicy(networks, endpoints, Ports.ANY);
  }

  private static Endpoint endpoint(String entry) {
    int colon = entry.lastIndexOf(':');
    String host = colon < 0 ? "" : entry.substring(0, colon);
    String port = entry.substring(colon + 1);
    if (!HOST.matcher(host).matches() || !port.matches("\\d{1,5}")) {
      throw wrong(entry);
    }
    String normal = // as URLs have it
        CrawlUrl.parse("http://" + entry + "/").map(CrawlUrl::host).orElseThrow(() -> wrong(entry));
    String bare = normal.startsWith("[") ? normal.substring(1, normal.length() - 1) : normal;
    Object key = IpAddress.parse(bare).<Object>map(address -> address).orElse(normal);
    return new Endpoint(key, Integer.parseInt(port));
  }

  private static BadInputException wrong(String entry) {
    return new BadInputException(
        FIELD,
        FIELD
            + " takes networks such as 10.0.0.0/8 or fd00::/8, addresses, and host:port, separated"
            + " by commas; not "
            + entry);
  }

  /**
   * Why a connection may not be made, by the words of {@link Reasons}; empty where it may. An
   * address that is not resolved is not allowed.
   */
  public Optional<String> refusal(InetSocketAddress target) {
    return refusal(target, OwnAddresses.now());
  }

  /**
   * As {@link #refusal(InetSocketAddress)}.
   *
   * @param own the addresses of this machine's interfaces
   */
  Optional<String> refusal(InetSocketAddress target, Set<IpAddress> own) {
    if (target.isUnresolved()) {
      return Optional.of(Reasons.ADDRESS_NOT_ALLOWED);
    }
    IpAddress address = IpAddress.of(target.getAddress());
    Optional<IpAddress> embedded = PublicAddresses.embedded(address);
    if (names(address, target) || embedded.filter(v4 -> names(v4, target)).isPresent()) {
      return Optional.empty();
    }
    boolean outside = PublicAddresses.contains(address) && !own.contains(embedded.orElse(address));
    if (!outside && !lists(address) && embedded.filter(this::lists).isEmpty()) {
      return Optional.of(Reasons.ADDRESS_NOT_ALLOWED);
    }
    return ports.contain(target.getPort())
        ? Optional.empty()
        : Optional.of(Reasons.PORT_NOT_ALLOWED);
  }

  private boolean lists(IpAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private boolean names(IpAddress address, InetSocketAddress target) {
    return !endpoints.isEmpty()
        && (endpoints.contains(new Endpoint(address, target.getPort()))
            || endpoints.contains(new Endpoint(name(target), target.getPort())));
  }

  /** The name that was asked for, or the literal; never a reverse look-up. */
  private static String name(InetSocketAddress target) {
    return target.getHostString().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressPolicy policy
        && networks.equals(policy.networks)
        && endpoints.equals(policy.endpoints)
        && ports.equals(policy.ports);
  }

  @Override
  public int hashCode() {
    return Objects.hash(networks, endpoints, ports);
  }

  @Override
  public String toString() {
    return "AddressPolicy" + networks + endpoints + ports;
  }
}
