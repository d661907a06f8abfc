package io.fcrawler.store;

import java.util.Locale;

/** Where a crawl is in its life. */
public enum CrawlStatus {
  /** Taken by the API, not yet opened by a worker. */
  QUEUED,
  CRAWLING,
  PAUSED,
  DONE,
  CANCELLED;

  /** Whether the crawl is over: nothing but reading is then accepted. */
  public boolean finished() {
    return this == DONE || this == CANCELLED;
  }

  /** The word in JSON and Redis: {@code crawling}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}. */
  public static CrawlStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
