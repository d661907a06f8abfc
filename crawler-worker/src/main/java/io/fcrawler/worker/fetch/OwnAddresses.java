package io.fcrawler.worker.fetch;

import com.google.common.base.Suppliers;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The addresses of this machine's interfaces. What listens there for the machine itself, or behind
 * its firewall, would take the crawler for one of its own.
 */
final class OwnAddresses {
  private static final Supplier<Set<IpAddress>> LATELY =
      Suppliers.memoizeWithExpiration(OwnAddresses::look, Duration.ofSeconds(10));

  private OwnAddresses() {}

  /** As they were not long ago. */
  static Set<IpAddress> now() {
    return LATELY.get();
  }

  private static Set<IpAddress> look() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(IpAddress::of)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      return Set.of(); // they cannot be known here
    }
  }
}
