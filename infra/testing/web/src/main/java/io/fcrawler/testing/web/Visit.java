package io.fcrawler.testing.web;

/**
 * A request in the log of a server. Times are of {@link System#nanoTime}.
 *
 * @param host the Host header
 * @param target path and query
 * @param agent the User-Agent header
 * @param startNs when its header had been read
 * @param endNs when the answer was about to begin, a route was done, or the client was gone; {@link
 *     Long#MAX_VALUE} before that
 */
public record Visit(
    String method, String host, String target, String agent, long startNs, long endNs) {
  /** The URL that was asked for, of a server without TLS. */
  public String url() {
    return "http://" + host + target;
  }

  /** The host without its port. */
  public String hostName() {
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  public boolean isRobots() {
    return target.equals("/robots.txt");
  }

  public boolean isOver() {
    return endNs < Long.MAX_VALUE;
  }

  Visit endingAt(long otherEndNs) {
    return new Visit(method, host, target, agent, startNs, otherEndNs);
  }
}
