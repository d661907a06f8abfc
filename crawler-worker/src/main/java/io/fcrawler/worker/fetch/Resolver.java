package io.fcrawler.worker.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {
  /**
   * The addresses in the order in which they are tried, at least one.
   *
   * @throws TemporaryDnsException where asking again may help
   * @throws UnknownHostException where there is no such host
   */
  List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException;
}
