package io.fcrawler.chaos.site;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hosts of one seed, and how that seed is crawled.
 *
 * @param name of the domain, which is the host of the start page
 * @param port of all its hosts
 * @param connections option {@code connectionsPerHost}
 * @param delayMs option {@code delayMs}
 * @param pages by URL
 */
public record SeedSite(
    String name,
    int port,
    List<String> hosts,
    int connections,
    int delayMs,
    Map<String, Page> pages) {
  private static final String PRIVATE = "/private/";

  /** What every host says to robots. */
  static final String ROBOTS = "User-agent: *\nDisallow: " + PRIVATE + "\n";

  public SeedSite {
    hosts = List.copyOf(hosts);
    pages = Map.copyOf(pages);
  }

  /** As the API names it. */
  public String id() {
    return name + ":" + port;
  }

  public String startUrl() {
    return url(name, "/");
  }

  String url(String host, String path) {
    return "http://" + host + ":" + port + path;
  }

  String privateUrl(String host, int number) {
    return url(host, PRIVATE + number);
  }

  /** Follows all links from the start page. */
  public Truth truth() {
    Set<String> crawled = new HashSet<>();
    Map<String, String> failed = new HashMap<>();
    Set<String> excluded = new HashSet<>();
    Set<String> seen = new HashSet<>(Set.of(startUrl()));
    Deque<String> queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      String url = queue.remove();
      Page page = pages.get(url);
      if (url.contains(PRIVATE)) {
        excluded.add(url);
      } else if (page == null || !page.crawlable()) {
        failed.put(url, "http_" + (page == null ? 404 : page.status()));
      } else {
        crawled.add(url);
        page.links().stream().filter(seen::add).forEach(queue::add);
      }
    }
    return new Truth(crawled, failed, excluded.size());
  }

  /** How often a URL is asked for when nothing happens. */
  public int attempts(String url, int retries) {
    Page page = pages.get(url);
    if (page == null) {
      return 1;
    }
    return page.status() >= 500 ? retries + 1 : page.failsFirst() + 1;
  }
}
