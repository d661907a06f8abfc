package io.fcrawler.store;

/**
 * A worker's hold on a crawl, as its next call names it.
 *
 * @param id random, never used again
 * @param seq calls accepted so far; 0 for the first, which makes the session
 */
public record SessionRef(CrawlRef crawl, String id, long seq) {}
