package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;

/**
 * A request for a page.
 *
 * @param url of the page
 * @param spelled what is asked for: the same, or a spelling of which it is the normal form
 * @param cookies sent with it, and kept of its answer
 */
public record PageRequest(CrawlUrl url, String spelled, Cookies cookies) {
  /** A request for a URL as it is, without cookies. */
  public static PageRequest of(CrawlUrl url) {
    return new PageRequest(url, url.value(), Cookies.none());
  }
}
