package io.fcrawler.chaos.site;

/**
 * A request that came to the site. Times are of {@link System#nanoTime}.
 *
 * @param url asked for
 * @param worker the name of the part, by its User-Agent
 * @param beganNs when the request was read
 * @param endedNs when the answer was about to begin, or the client was gone
 */
public record Visit(String host, String url, String worker, long beganNs, long endedNs) {
  public boolean isRobots() {
    return url.endsWith("/robots.txt");
  }
}
