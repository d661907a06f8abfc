package io.fcrawler.worker.fetch;

import java.time.Clock;
import java.util.Optional;
import okhttp3.Cookie;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The cookies that one visit sends and receives. Used by one thread. */
public final class Cookies {
  private static final Cookies NONE = new Cookies(null, Clock.systemUTC());

  private final @Nullable CookieStore store;
  private final Clock clock;
  private int received;

  /**
   * Cookies that are kept in a store.
   *
   * @param store {@code null} where none are kept
   */
  Cookies(@Nullable CookieStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** For requests without cookies, whose answers' cookies are not kept. */
  public static Cookies none() {
    return NONE;
  }

  /** How many cookies the answers of this visit have set so far. */
  public int received() {
    return received;
  }

  /** What tells a request from others of this visit: its URL, as it is sent, and its cookies. */
  public String signature(String url) {
    @Nullable HttpUrl target = HttpUrl.parse(url);
    return target == null ? url : target + "\n" + header(target).orElse("");
  }

  /** The value of the Cookie header of a request. */
  Optional<String> header(HttpUrl url) {
    return store == null ? Optional.empty() : store.header(url, clock.millis());
  }

  /** Takes in the header of an answer. */
  void receive(HttpUrl url, Headers headers) {
    if (store == null || headers.get("Set-Cookie") == null) {
      return;
    }
    for (Cookie cookie : Cookie.parseAll(url, headers)) {
      if (store.put(cookie, clock.millis())) {
        received++;
      }
    }
  }
}
