package io.fcrawler.store;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;

/** One crawl of one seed: what every transition names. */
public record CrawlRef(Seed seed, CrawlId crawlId) {}
