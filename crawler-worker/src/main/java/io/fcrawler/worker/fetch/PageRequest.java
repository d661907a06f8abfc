package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;

/**
 * A request for a page.
 *
 * @param url of the page
 * @param spelled what is asked for: the same, or a spelling of which it is the normal form
 * @param cookies sent with it, and kept of its answer
 * @param most bytes of the decoded body that are wanted; the fetcher's own limit holds as well
 */
public record PageRequest(CrawlUrl url, String spelled, Cookies cookies, int most) {
  /** A request for as much of a page as the fetcher reads. */
  public PageRequest(CrawlUrl url, String spelled, Cookies cookies) {
    this(url, spelled, cookies, Integer.MAX_VALUE);
  }

  /** A request for a URL as it is, without cookies. */
  public static PageRequest of(CrawlUrl url) {
    return new PageRequest(url, url.value(), Cookies.none());
  }
}
