package io.fcrawler.url;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL in normal form: lower-case scheme and host (IDN in punycode), no
 * default port, no dot segments, no fragment, no empty query, no user info; percent-encoded where
 * that must be, and only there. The query keeps its order, the path its empty segments.
 *
 * @param value the whole URL, in ASCII
 * @param scheme {@code http} or {@code https}
 * @param host the RFC 3986 host, without port; an IPv6 literal keeps its brackets
 * @param port the explicit or default port, 1 to 65,535
 */
public record CrawlUrl(String value, String scheme, String host, int port) {
  /** The longest URL that is crawled, in characters. */
  public static final int MAX_LENGTH = 2048;

  /**
   * Reads an absolute URL; empty where it is no http(s) URL with a host. A URL that is {@link
   * #tooLong()} is read too.
   */
  public static Optional<CrawlUrl> parse(@Nullable String raw) {
    if (raw == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(raw));
    } catch (MalformedUrlException e) {
      return Optional.empty(); // pages are full of such texts, and each is as good as none
    }
  }

  /** Takes apart a URL that is known to be in normal form, such as one that this class gave. */
  public static CrawlUrl ofNormal(String value) {
    int schemeEnd = value.indexOf("://");
    int start = schemeEnd + "://".length();
    int end = value.indexOf('/', start);
    int colon = value.lastIndexOf(':', end);
    String scheme = value.substring(0, schemeEnd);
    boolean hasPort = colon > schemeEnd && value.charAt(end - 1) != ']';
    return new CrawlUrl(
        value,
        scheme,
        value.substring(start, hasPort ? colon : end),
        hasPort ? Integer.parseInt(value, colon + 1, end, 10) : defaultPort(scheme));
  }

  /** As {@link #parse}, with the reason where it is none. */
  public static CrawlUrl of(String raw) throws MalformedUrlException {
    return UrlReader.read(raw);
  }

  /** Whether the URL has more than {@value #MAX_LENGTH} characters, and so is not crawled. */
  public boolean tooLong() {
    return value.length() > MAX_LENGTH;
  }

  /** The host, with the port where it is not the scheme's default: {@code 127.0.0.1:8088}. */
  public String authority() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  /**
   * The URL as people write it, with letters of all scripts: {@code http://bücher.example/café} of
   * {@code http://xn--bcher-kva.example/caf%C3%A9}. It is {@link #value} itself where that has
   * neither percent-encodings nor Punycode.
   */
  public String readable() {
    return ReadableUrl.of(this);
  }

  /** The port that {@code scheme} uses where none is written: 443 for https, else 80. */
  public static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  @Override
  public String toString() {
    return value;
  }
}
