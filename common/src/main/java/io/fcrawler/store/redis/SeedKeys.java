package io.fcrawler.store.redis;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;

/** The names of a seed's keys. The braces are part of the names: Redis Cluster's hash tag. */
record SeedKeys(Seed seed) {
  private String key(String name) {
    return "fcrawler:seed:{" + seed.id() + "}:" + name;
  }

  /** Hash: crawlId, status, options, times, applied, further counters, buckets, next, former. */
  String meta() {
    return key("meta");
  }

  String total() {
    return key("total");
  }

  String crawled() {
    return key("crawled");
  }

  String failed() {
    return key("failed");
  }

  /** List: final numbers of former crawls, the latest first. */
  String crawls() {
    return key("crawls");
  }

  /** Sorted set: progress samples by time (ms). */
  String history() {
    return key("history");
  }

  /** String: the open command that the API gave, until it is applied. */
  String queued() {
    return key("queued");
  }

  CrawlKeys crawl(CrawlId crawlId) {
    return crawl(crawlId.shortForm());
  }

  CrawlKeys crawl(String shortCrawlId) {
    return new CrawlKeys(key(shortCrawlId));
  }

  /** The names of one crawl's keys: a new crawl never meets an old one's. */
  record CrawlKeys(String prefix) {
    /** A pattern that matches the names of all these keys, and no others. */
    String pattern() {
      // Seeds of IPv6 addresses have brackets.
      return prefix.replaceAll("[\\[\\]*?\\\\^]", "\\\\$0") + ":*";
    }

    /** Set: fingerprints, as decimal strings, whose low bits address this bucket. */
    String seen(int bucket) {
      return prefix + ":seen:" + bucket;
    }

    /** Set: names of the lanes opened. */
    String lanes() {
      return prefix + ":lanes";
    }

    /** Set: hosts whose lanes are spread over slots. */
    String spread() {
      return prefix + ":spread";
    }

    /** Hash: host in trouble to what {@code turn.lua} knows of it; well ones are absent. */
    String hosts() {
      return prefix + ":hosts";
    }

    /** Hash: holder (session id), until (ms). */
    String lane(Lane lane) {
      return prefix + ":lane:" + lane.name();
    }

    /** List: entries waiting, breadth first. */
    String queue(Lane lane) {
      return prefix + ":queue:" + lane.name();
    }

    /** Hash: fingerprint to claimed entry. */
    String inflight(Lane lane) {
      return prefix + ":inflight:" + lane.name();
    }

    /** Sorted set: entries to retry, by due time (ms). */
    String delayed(Lane lane) {
      return prefix + ":delayed:" + lane.name();
    }

    /** Hash: seq. */
    String session(String sessionId) {
      return prefix + ":session:" + sessionId;
    }

    /** Hash: URL to reason, HTTP status, attempts, referrer, time (ms), by tabs. */
    String failures() {
      return prefix + ":failures";
    }

    /** Hash: URL to reason. */
    String excluded() {
      return prefix + ":excluded";
    }
  }
}
