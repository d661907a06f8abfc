package io.fcrawler.standalone.demo;

import io.fcrawler.client.Crawl;
import io.fcrawler.client.JsonObject;

/** Crawls as the API might show them. */
final class TestingProgress {
  private TestingProgress() {}

  static Crawl crawling(long total, long crawled, long failed) {
    return crawl("crawling", total, crawled, failed, 0, 12_345);
  }

  static Crawl done(long total, long crawled, long failed, long excluded) {
    return crawl("done", total, crawled, failed, excluded, 2_500_000);
  }

  private static Crawl crawl(
      String status, long total, long crawled, long failed, long excluded, long bytes) {
    return new Crawl(
        JsonObject.parse(json("site:80", status, total, crawled, failed, excluded, bytes)));
  }

  /** The API's answer. */
  static String json(
      String seed,
      String status,
      long total,
      long crawled,
      long failed,
      long excluded,
      long bytes) {
    double progress = total == 0 ? 0 : (double) (crawled + failed) / total;
    String finished = status.equals("done") ? "\"2026-01-01T00:00:04Z\"" : "null";
    return """
    {"seed":"%s","crawlId":"x","status":"%s","total":%d,"crawled":%d,"failed":%d,
     "pending":%d,"inFlight":0,"excluded":%d,"progress":%s,"bytes":%d,
     "startedAt":"2026-01-01T00:00:00Z","finishedAt":%s}
    """
        .formatted(
            seed,
            status,
            total,
            crawled,
            failed,
            total - crawled - failed,
            excluded,
            progress,
            bytes,
            finished);
  }
}
