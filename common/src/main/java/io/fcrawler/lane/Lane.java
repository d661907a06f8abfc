package io.fcrawler.lane;

/**
 * A lane of a crawl: one of the up to {@code connectionsPerHost} streams of requests to a host. It
 * fetches one URL at a time and belongs to one worker at a time.
 *
 * @param host the RFC 3986 host, without port
 * @param number 0 to {@code connectionsPerHost - 1}
 */
public record Lane(String host, int number) {
  /** The lane of a URL: its host, and its fingerprint modulo the lanes of a host. */
  public static Lane of(String host, long fingerprint, int connectionsPerHost) {
    return new Lane(host, Math.floorMod(fingerprint, connectionsPerHost));
  }

  /** Reads {@link #name()}. */
  public static Lane parse(String name) {
    int slash = name.lastIndexOf('/');
    return new Lane(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
  }

  /** The {@code <L>} of Redis keys: {@code example.com/0}. */
  public String name() {
    return host + "/" + number;
  }
}
