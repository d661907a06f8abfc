package io.fcrawler.url;

import crawlercommons.filters.basic.BasicURLNormalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a URL's text apart and puts it together in normal form. What browsers fix is fixed alike:
 * white space around it, line breaks within, backslashes for slashes, characters that have to be
 * percent-encoded.
 *
 * <p>Percent-encoding is normalised by crawler-commons. Its whole normaliser is not used: it sorts
 * the query's parameters and drops empty ones, merges slashes, drops user info silently and refuses
 * IPv6 addresses, so that pages would be missed or others be fetched than the site means.
 */
final class UrlReader {
  private static final Pattern FORM =
      Pattern.compile("(?is)(https?)://([^/?]*)([^?]*)(?:\\?(.*))?");
  private static final Pattern SCHEME = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*):.*");
  private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern PORT = Pattern.compile("0*([0-9]{1,5})");
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final boolean[] BACKSLASH = new boolean[128];

  static {
    BACKSLASH['\\'] = true;
  }

  private UrlReader() {}

  static CrawlUrl read(String raw) throws MalformedUrlException {
    String text = cleaned(raw);
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedUrlException(notWeb(text));
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String authority = matcher.group(2);
    if (authority.indexOf('@') >= 0) {
      throw new MalformedUrlException("has user info; leave out what is before the @");
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = HostName.normal(hasPort ? authority.substring(0, colon) : authority);
    int standard = CrawlUrl.defaultPort(scheme);
    int port = hasPort ? port(authority.substring(colon + 1), standard) : standard;
    String value =
        scheme + "://" + host + (port == standard ? "" : ":" + port) + path(matcher.group(3));
    String query = matcher.group(4);
    boolean hasQuery = query != null && !query.isEmpty();
    return new CrawlUrl(hasQuery ? value + "?" + query(query) : value, scheme, host, port);
  }

  /** Without fragment, and with slashes for backslashes before the query. */
  private static String cleaned(String raw) {
    String text = raw.trim().replaceAll("[\\t\\n\\r]", "");
    int fragment = text.indexOf('#');
    text = fragment < 0 ? text : text.substring(0, fragment);
    text = LONE_SURROGATE.matcher(text).replaceAll("\ufffd");
    int query = text.indexOf('?');
    return query < 0
        ? text.replace('\\', '/')
        : text.substring(0, query).replace('\\', '/') + text.substring(query);
  }

  private static String notWeb(String text) {
    Matcher matcher = SCHEME.matcher(text);
    boolean otherScheme =
        matcher.matches() && !matcher.group(1).toLowerCase(Locale.ROOT).matches("https?");
    return otherScheme
        ? "is neither an http nor an https URL; only these are crawled"
        : "is no absolute URL; give one such as https://example.com/";
  }

  private static int port(String text, int standard) throws MalformedUrlException {
    if (text.isEmpty()) {
      return standard;
    }
    Matcher matcher = PORT.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (port < 1 || port > 65_535) {
      throw new MalformedUrlException("has a port that is not a number from 1 to 65535");
    }
    return port;
  }

  /** What is removed must not decide how the rest is encoded: it would be else the next time. */
  private static String path(String raw) {
    return raw.isEmpty() ? "/" : encoded(DotSegments.remove(raw));
  }

  /** An apostrophe is encoded, as by browsers and by OkHttp, which would do it in the request. */
  private static String query(String raw) {
    return encoded(raw).replace("'", "%27");
  }

  /**
   * Percent-encodes what must be, decodes what need not be, and writes the rest in upper case. A %
   * that encodes nothing stays as it is, as in browsers; beside one nothing is decoded, since what
   * comes out could encode something with it.
   */
  private static String encoded(String part) {
    String[] pieces = STRAY_PERCENT.split(part, -1);
    if (pieces.length == 1) {
      return BasicURLNormalizer.unescapePath(BasicURLNormalizer.escapePath(part, BACKSLASH));
    }
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = BasicURLNormalizer.escapePath(pieces[i], BACKSLASH);
    }
    return String.join("%", pieces);
  }
}
