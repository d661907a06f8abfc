package io.fcrawler.worker.link;

import io.fcrawler.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A URL as a redirect spells it.
 *
 * @param url in normal form
 * @param text with path and query as they are spelled: {@code http://a.example/x?} of {@code
 *     http://a.example/x}
 */
public record SpelledUrl(CrawlUrl url, String text) {
  /** A URL that is spelled in its normal form. */
  public static SpelledUrl of(CrawlUrl url) {
    return new SpelledUrl(url, url.value());
  }

  /** Where a redirect leads that answers a request for this; empty where it is no web URL. */
  public Optional<SpelledUrl> resolve(String location) {
    return LinkResolver.resolve(url, location).map(to -> new SpelledUrl(to, spelled(to, location)));
  }

  private String spelled(CrawlUrl to, String location) {
    String origin = origin(url);
    int query = text.indexOf('?');
    String path = text.substring(origin.length(), query < 0 ? text.length() : query);
    Reference base = new Reference(url.scheme(), origin, path, text, StandardCharsets.UTF_8);
    @Nullable String absolute = base.absolute(location);
    int start = absolute == null ? -1 : absolute.indexOf('/', absolute.indexOf("://") + 3);
    return absolute == null || start < 0 ? to.value() : origin(to) + absolute.substring(start);
  }

  private static String origin(CrawlUrl url) {
    return url.scheme() + "://" + url.authority();
  }
}
