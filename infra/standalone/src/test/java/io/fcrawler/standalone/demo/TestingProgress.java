package io.fcrawler.standalone.demo;

/** Progress as the API might tell it. */
final class TestingProgress {
  private TestingProgress() {}

  static Progress crawling(long total, long crawled, long failed) {
    double progress = total == 0 ? 0 : (double) (crawled + failed) / total;
    long pending = total - crawled - failed;
    return new Progress(
        "site:80",
        "crawling",
        total,
        crawled,
        failed,
        pending,
        4,
        0,
        progress,
        12_345,
        "2026-01-01T00:00:00Z",
        null);
  }

  static Progress done(long total, long crawled, long failed, long excluded) {
    long pending = total - crawled - failed;
    return new Progress(
        "site:80",
        "done",
        total,
        crawled,
        failed,
        pending,
        0,
        excluded,
        1,
        2_500_000,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:04Z");
  }
}
