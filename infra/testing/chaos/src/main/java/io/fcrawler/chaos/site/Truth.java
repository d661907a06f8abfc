package io.fcrawler.chaos.site;

import java.util.Map;
import java.util.Set;

/**
 * What a crawl of a seed must have found.
 *
 * @param crawled URLs
 * @param failed URLs, and the reason of each
 * @param excluded how many URLs robots.txt keeps out
 */
public record Truth(Set<String> crawled, Map<String, String> failed, int excluded) {
  public Truth {
    crawled = Set.copyOf(crawled);
    failed = Map.copyOf(failed);
  }

  public int total() {
    return crawled.size() + failed.size();
  }

  public boolean reaches(String url) {
    return crawled.contains(url) || failed.containsKey(url);
  }
}
