package io.fcrawler.cli;

/** Crawls as the API shows them. */
public final class TestingCrawls {
  private TestingCrawls() {}

  public static String crawl(String seed, String status, int crawled, int failed, int total) {
    return crawl(seed, "c-1", status, crawled, failed, total);
  }

  public static String crawl(
      String seed, String crawlId, String status, int crawled, int failed, int total) {
    double progress = total == 0 ? 0 : (crawled + failed) / (double) total;
    String speed = status.equals("crawling") ? ",\"pagesPerSecond\":34.167,\"etaSeconds\":65" : "";
    return """
    {"seed":"%s","crawlId":"%s","status":"%s","total":%d,"crawled":%d,"failed":%d,"pending":%d,\
    "inFlight":2,"excluded":5,"progress":%s,"bytes":8461%s,"submittedAt":"2026-11-20T19:36:46.481Z",\
    "updatedAt":"2026-11-20T19:36:50Z","options":{"delayMs":200,"include":["a.*b"]}}\
    """
        .formatted(
            seed,
            crawlId,
            status,
            total,
            crawled,
            failed,
            total - crawled - failed,
            progress,
            speed);
  }
}
