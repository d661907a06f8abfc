package io.fcrawler.store;

import java.util.ArrayList;
import java.util.List;

/**
 * An audit of a crawl: its counters beside what the state itself adds up to, read in one step.
 *
 * @param queued entries waiting in the lanes' queues
 * @param delayed retries not yet due
 * @param inFlight entries claimed
 * @param fingerprints in the dedupe sets
 * @param listedFailures in the list of failures
 * @param listedExclusions in the list of exclusions
 */
public record Receipt(
    CrawlRef crawl,
    CrawlStatus status,
    long total,
    long crawled,
    long failed,
    long excluded,
    long queued,
    long delayed,
    long inFlight,
    long fingerprints,
    long listedFailures,
    long listedExclusions) {

  /** What does not add up, each as a sentence with the numbers; empty for a clean receipt. */
  public List<String> differences() {
    List<String> found = new ArrayList<>();
    long sum = queued + delayed + inFlight + crawled + failed;
    expect(found, "total", total, "queued + delayed + inFlight + crawled + failed", sum);
    expect(found, "fingerprints", fingerprints, "total + excluded", total + excluded);
    expect(found, "failed", failed, "listed failures", listedFailures);
    expect(found, "excluded", excluded, "listed exclusions", listedExclusions);
    if (status == CrawlStatus.DONE) {
      expect(found, "queued + delayed + inFlight", queued + delayed + inFlight, "0 when done", 0);
    }
    return List.copyOf(found);
  }

  public boolean clean() {
    return differences().isEmpty();
  }

  private static void expect(List<String> found, String a, long x, String b, long y) {
    if (x != y) {
      found.add(a + " is " + x + ", but " + b + " is " + y);
    }
  }
}
