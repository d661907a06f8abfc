package io.fcrawler.testing.web;

import java.util.Map;
import java.util.Set;

/**
 * What an exact crawl of a site finds. URLs are spelled as the keys of the site.
 *
 * @param crawled URLs, redirects among them
 * @param failed URLs, each with its reason as the crawler names it
 * @param excluded URLs that are linked, and disallowed by robots.txt
 */
public record Truth(Set<String> crawled, Map<String, String> failed, Set<String> excluded) {
  public Truth {
    crawled = Set.copyOf(crawled);
    failed = Map.copyOf(failed);
    excluded = Set.copyOf(excluded);
  }

  /** How many URLs are crawled or failed. */
  public int total() {
    return crawled.size() + failed.size();
  }

  /** Whether a URL is crawled or failed. */
  public boolean reaches(String url) {
    return crawled.contains(url) || failed.containsKey(url);
  }
}
