package io.fcrawler.worker.page;

import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Outcome;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.parse.ParsedPage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is put out of one URL.
 *
 * @param entry the URL, with its depth and referrer
 * @param outcome of the last fetch: status and times
 * @param content what the URL led to
 */
public record PageRecord(CrawlRef crawl, Entry entry, FetchOutcome outcome, Content content) {
  /** What a URL led to. */
  public sealed interface Content {}

  /**
   * A document.
   *
   * @param contentHash SHA-256 of the decoded body, in hexadecimal
   */
  public record Page(Fetched fetched, ParsedPage parsed, String contentHash) implements Content {}

  /** Another URL. */
  public record Redirect(CrawlUrl target) implements Content {}

  /** Nothing. */
  public record Failure(String reason, int attempts) implements Content {}

  public static PageRecord page(CrawlRef crawl, Entry entry, Fetched fetched, ParsedPage parsed) {
    return new PageRecord(crawl, entry, fetched, new Page(fetched, parsed, hash(fetched.body())));
  }

  public static PageRecord redirect(
      CrawlRef crawl, Entry entry, Redirected redirected, CrawlUrl target) {
    return new PageRecord(crawl, entry, redirected, new Redirect(target));
  }

  public static PageRecord failure(
      CrawlRef crawl, Entry entry, Outcome.Failed failed, FetchOutcome outcome) {
    return new PageRecord(crawl, entry, outcome, new Failure(failed.reason(), failed.attempts()));
  }

  /** The record's key: crawlId, space, URL. A repeated fetch of a page repeats it. */
  public String key() {
    return crawl.crawlId() + " " + entry.url();
  }

  /** Requests made for the URL. */
  public int attempts() {
    return entry.retries() + 1;
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
