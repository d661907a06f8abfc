package io.fcrawler.store;

/**
 * What an audit of all seeds of a store counted.
 *
 * @param seeds known to the store
 * @param crawls seeds that have a crawl
 * @param differ crawls that do not add up
 * @param keys in the store's database, of whatever kind
 */
public record Audit(long seeds, long crawls, long differ, long keys) {
  /** Crawls that add up. */
  public long clean() {
    return crawls - differ;
  }
}
