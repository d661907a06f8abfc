package io.fcrawler.chaos.site;

import io.fcrawler.testing.web.Site;
import java.util.List;

/**
 * The hosts of one seed, and how that seed is crawled.
 *
 * @param name of the domain, which is the host of the start page
 * @param port of all its hosts
 * @param connections option {@code connectionsPerHost}
 * @param delayMs option {@code delayMs}
 * @param site its pages, by URL
 */
public record SeedSite(
    String name, int port, List<String> hosts, int connections, int delayMs, Site site) {
  public SeedSite {
    hosts = List.copyOf(hosts);
  }

  /** As the API names it. */
  public String id() {
    return name + ":" + port;
  }

  public String startUrl() {
    return site.start();
  }
}
