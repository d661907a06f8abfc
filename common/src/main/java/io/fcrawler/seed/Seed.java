package io.fcrawler.seed;

/**
 * A submitted domain.
 *
 * @param id the normalised authority: {@code example.com}, {@code 127.0.0.1:8088}, {@code [::1]:80}
 */
public record Seed(String id) {
  public Seed {
    if (id.isEmpty() || id.indexOf('{') >= 0 || id.indexOf('}') >= 0) {
      throw new IllegalArgumentException("not a seed: " + id);
    }
  }

  /** The authority's host, without port; an IPv6 literal keeps its brackets. */
  public String host() {
    int colon = id.lastIndexOf(':');
    return colon > id.lastIndexOf(']') ? id.substring(0, colon) : id;
  }

  @Override
  public String toString() {
    return id;
  }
}
