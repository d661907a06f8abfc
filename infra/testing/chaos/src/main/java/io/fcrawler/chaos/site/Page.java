package io.fcrawler.chaos.site;

import java.util.List;

/**
 * What a site answers for a URL.
 *
 * @param status of the answer
 * @param links URLs that the page leads to; of a redirect its one target
 * @param delayMs until the answer begins
 * @param failsFirst so many requests are answered 503 before this
 */
record Page(int status, List<String> links, int delayMs, int failsFirst) {
  Page {
    links = List.copyOf(links);
  }

  boolean redirects() {
    return status / 100 == 3;
  }

  /** Whether a crawl counts it as crawled in the end. */
  boolean crawlable() {
    return status < 400;
  }
}
