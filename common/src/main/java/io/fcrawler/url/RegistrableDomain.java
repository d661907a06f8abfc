package io.fcrawler.url;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.Optional;

/**
 * The domain below a public suffix that one party registers: {@code example.co.uk} of {@code
 * www.example.co.uk}, by the Public Suffix List. A suffix that is not listed counts as one label.
 */
public final class RegistrableDomain {
  private RegistrableDomain() {}

  /** The registrable domain of a host; empty for IP addresses, suffixes and single labels. */
  public static Optional<String> of(String host) {
    if (isAddress(host)) {
      return Optional.empty();
    }
    String listed = EffectiveTldFinder.getAssignedDomain(host, true, false);
    return listed != null ? Optional.of(listed) : unlisted(host);
  }

  /** Whether both hosts are the same, or below the same registrable domain. */
  public static boolean same(String host, String other) {
    return host.equals(other)
        || of(host).filter(domain -> of(other).equals(Optional.of(domain))).isPresent();
  }

  private static Optional<String> unlisted(String host) {
    if (EffectiveTldFinder.getEffectiveTLD(host, false) != null) {
      return Optional.empty(); // the host is itself a public suffix
    }
    int last = host.lastIndexOf('.');
    if (last <= 0) {
      return Optional.empty();
    }
    return Optional.of(host.substring(host.lastIndexOf('.', last - 1) + 1));
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
