package io.fcrawler.worker.fetch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/**
 * Cookies, oldest first, within the bounds that servers have for a header (RFC 6265, sections 5.3
 * and 5.4). Thread-safe.
 */
final class CookieStore {
  private static final int MOST = 50;
  private static final int MOST_CHARS = 8 << 10;
  private static final int MOST_CHARS_OF_ONE = 4 << 10;

  private final List<Cookie> cookies = new ArrayList<>();

  /** Stores a cookie, or removes it where it has expired; whether it is stored now. */
  synchronized boolean put(Cookie cookie, long nowMs) {
    int at = 0;
    while (at < cookies.size() && !isSame(cookies.get(at), cookie)) {
      at++;
    }
    if (at < cookies.size()) {
      cookies.remove(at); // the new one takes its place
    }
    if (cookie.expiresAt() <= nowMs || chars(cookie) > MOST_CHARS_OF_ONE) {
      return false;
    }
    cookies.add(at, cookie);
    while (cookies.size() > MOST || chars() > MOST_CHARS) {
      cookies.removeFirst();
    }
    return true;
  }

  /** The value of the Cookie header for a URL; empty where there is none. */
  synchronized Optional<String> header(HttpUrl url, long nowMs) {
    if (cookies.isEmpty()) {
      return Optional.empty();
    }
    String header =
        cookies.stream()
            .filter(cookie -> cookie.expiresAt() > nowMs && cookie.matches(url))
            .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    return Optional.of(header).filter(it -> !it.isEmpty());
  }

  private static boolean isSame(Cookie a, Cookie b) {
    return a.name().equals(b.name())
        && a.domain().equals(b.domain())
        && a.path().equals(b.path())
        && a.hostOnly() == b.hostOnly();
  }

  private int chars() {
    return cookies.stream().mapToInt(CookieStore::chars).sum();
  }

  private static int chars(Cookie cookie) {
    return cookie.name().length() + cookie.value().length();
  }
}
