package io.fcrawler.standalone.demo;

import io.fcrawler.client.Crawl;
import io.fcrawler.testing.web.Truth;

/**
 * What a crawl of the whole site must come to.
 *
 * @param total all URLs that may be fetched
 * @param failing those of them that never give an answer but an error
 * @param disallowed URLs that robots.txt keeps out
 */
record SiteFacts(int total, int failing, int disallowed) {
  static SiteFacts of(Truth truth) {
    return new SiteFacts(truth.total(), truth.failed().size(), truth.excluded().size());
  }

  boolean matches(Crawl crawl) {
    return crawl.total() == total
        && crawl.failed() == failing
        && crawl.crawled() == total - failing
        && crawl.excluded() == disallowed;
  }
}
