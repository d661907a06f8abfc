package io.fcrawler.testing.web;

import java.util.Map;

/**
 * A request as it came.
 *
 * @param target path and query
 * @param headers by name in lower case; of a repeated one the last
 */
public record Request(String method, String target, Map<String, String> headers) {
  public Request {
    headers = Map.copyOf(headers);
  }

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** A header's value; empty where there is none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
