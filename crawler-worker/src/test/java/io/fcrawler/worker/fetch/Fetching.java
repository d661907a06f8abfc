package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;

/** Shorthands of the tests of fetching. */
final class Fetching {
  static final Duration LIMIT = Duration.ofSeconds(50);

  private Fetching() {}

  /** Settings that allow loopback. */
  static FetchSettings loopback() {
    return FetchSettings.DEFAULT.withAddresses(
        AddressPolicy.parse("127.0.0.0/8"),
        HostOverrides.parse("site.example=127.0.0.1,other.example=127.0.0.1"));
  }

  static CrawlUrl url(String text) {
    return CrawlUrl.parse(text).orElseThrow();
  }

  static <T extends FetchOutcome> T fetch(Fetcher fetcher, String url, Class<T> expected)
      throws InterruptedException {
    FetchOutcome outcome = fetcher.fetch(url(url), LIMIT);
    if (!expected.isInstance(outcome)) {
      throw new AssertionError("not " + expected.getSimpleName() + ": " + outcome);
    }
    return expected.cast(outcome);
  }
}
