package io.fcrawler.worker.fetch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;

/** Where the cookies of visits come from. Thread-safe. */
public final class CookieJars {
  /** Of one crawl each; those that were used last. */
  private static final int MOST_HOSTS = 1000;

  private final CookieUse use;
  private final Clock clock = Clock.systemUTC();
  private final LoadingCache<String, CookieStore> hosts =
      Caffeine.newBuilder().maximumSize(MOST_HOSTS).build(_ -> new CookieStore());

  public CookieJars(CookieUse use) {
    this.use = use;
  }

  /**
   * The cookies of one visit.
   *
   * @param crawl names the crawl
   */
  public Cookies of(String crawl, String host) {
    return switch (use) {
      case OFF -> Cookies.none();
      case VISIT -> new Cookies(new CookieStore(), clock);
      case CRAWL -> new Cookies(hosts.get(crawl + " " + host), clock);
    };
  }
}
