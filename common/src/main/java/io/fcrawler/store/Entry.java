package io.fcrawler.store;

/**
 * A URL on its way through a lane.
 *
 * @param fingerprint of {@code url}, keyed by the crawl
 * @param url normalised
 * @param depth links between the start page and this one; a redirect adds none
 * @param redirects redirects between the last link and this URL
 * @param retries transient failures so far
 * @param takeovers how often a lane was taken over from a lost worker while this was in flight
 * @param start whether this is the start page, or reached from it by redirects alone
 * @param tryHttp whether the http form is to be tried where https cannot be connected to
 * @param referrer the URL at which this one was first found; empty for the start page
 */
public record Entry(
    long fingerprint,
    String url,
    int depth,
    int redirects,
    int retries,
    int takeovers,
    boolean start,
    boolean tryHttp,
    String referrer) {

  /** A URL found on a page. */
  public static Entry link(long fingerprint, String url, int depth, String referrer) {
    return new Entry(fingerprint, url, depth, 0, 0, 0, false, false, referrer);
  }

  /** The start page of a crawl. */
  public static Entry start(long fingerprint, String url, boolean tryHttp) {
    return new Entry(fingerprint, url, 0, 0, 0, 0, true, tryHttp, "");
  }

  /** The same after one more transient failure. */
  public Entry retried() {
    return new Entry(
        fingerprint, url, depth, redirects, retries + 1, takeovers, start, tryHttp, referrer);
  }

  /** The same after one more take-over. */
  public Entry takenOver() {
    return new Entry(
        fingerprint, url, depth, redirects, retries, takeovers + 1, start, tryHttp, referrer);
  }
}
