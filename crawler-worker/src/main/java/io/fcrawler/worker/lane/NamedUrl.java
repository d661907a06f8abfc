package io.fcrawler.worker.lane;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.link.LinkResolver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A URL that stands in the query of another: {@code /check?from=%2Fx}. */
final class NamedUrl {
  private static final int MOST_PLACES = 50;

  private NamedUrl() {}

  /** Whether a query names a URL, absolute or by its path, percent-encoded once, twice or not. */
  static boolean isIn(CrawlUrl to, CrawlUrl named) {
    int query = to.value().indexOf('?');
    return query >= 0
        && places(to.value().substring(query + 1)).stream()
            .anyMatch(text -> names(text, named) || names(decoded(text), named));
  }

  /** What begins after a separator, up to the next and up to the end. */
  private static List<String> places(String query) {
    List<String> places = new ArrayList<>();
    for (int start = 0; start >= 0 && places.size() < MOST_PLACES; ) {
      int end = query.indexOf('&', start);
      places.add(decoded(query.substring(start, end < 0 ? query.length() : end)));
      places.add(query.substring(start));
      start = next(query, start);
    }
    return places;
  }

  private static int next(String query, int start) {
    for (int i = start; i < query.length(); i++) {
      if (query.charAt(i) == '=' || query.charAt(i) == '&') {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean names(String text, CrawlUrl named) {
    boolean whole = text.startsWith("/") || text.regionMatches(true, 0, "http", 0, 4);
    return whole
        && LinkResolver.resolve(named, text)
            .filter(it -> withoutScheme(it).equals(withoutScheme(named)))
            .isPresent();
  }

  /** Behind a proxy, a site may take its own https for http. */
  private static String withoutScheme(CrawlUrl url) {
    return url.value().substring(url.scheme().length());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a stray %, so that it encodes nothing
    }
  }
}
