package io.fcrawler.worker.link;

import io.fcrawler.url.DotSegments;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes references absolute by the WHATWG rules for http and https. Percent-encoding, of the host's
 * letters as well, is left to the normaliser, but for queries that are not in UTF-8.
 *
 * @param origin scheme and authority of the base
 * @param path of the base
 * @param whole the base itself
 */
record Reference(String scheme, String origin, String path, String whole, Charset charset) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern SLASHES = Pattern.compile("[/\\\\]*");

  /** The absolute form; {@code null} where it is of another scheme or has no host. */
  @Nullable String absolute(String reference) {
    String text = Spelling.clean(reference).replace(" ", "%20");
    Matcher named = SCHEME.matcher(text);
    if (!named.lookingAt()) {
      return twoSlashes(text) ? atHost(scheme, text) : relative(text);
    }
    String other = named.group(1).toLowerCase(Locale.ROOT);
    if (!other.equals("http") && !other.equals("https")) {
      return null;
    }
    String rest = text.substring(named.end());
    return other.equals(scheme) && !twoSlashes(rest) ? relative(rest) : atHost(other, rest);
  }

  private static boolean twoSlashes(String text) {
    return text.length() >= 2 && isSlash(text.charAt(0)) && isSlash(text.charAt(1));
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  /** A text that begins, after any slashes, with a host. */
  private @Nullable String atHost(String ofScheme, String text) {
    Matcher slashes = SLASHES.matcher(text);
    int start = slashes.lookingAt() ? slashes.end() : 0;
    int end = start;
    while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(start, end);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return host.isEmpty() ? null : ofScheme + "://" + host + below("/", text.substring(end));
  }

  private String relative(String text) {
    if (text.isEmpty() || text.charAt(0) == '#') {
      return whole;
    }
    if (text.charAt(0) == '?') {
      return origin + path + query(text);
    }
    return origin + below(path, text);
  }

  /** Path and query of a reference that is relative to {@code from}. */
  private String below(String from, String text) {
    int fragment = text.indexOf('#');
    String whole = fragment < 0 ? text : text.substring(0, fragment);
    int question = whole.indexOf('?');
    String to = (question < 0 ? whole : whole.substring(0, question)).replace('\\', '/');
    String joined = to.startsWith("/") ? to : from.substring(0, from.lastIndexOf('/') + 1) + to;
    return DotSegments.remove(joined) + (question < 0 ? "" : query(whole.substring(question)));
  }

  private String query(String text) {
    int fragment = text.indexOf('#');
    return Spelling.encoded(fragment < 0 ? text : text.substring(0, fragment), charset);
  }
}
