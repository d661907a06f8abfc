package io.fcrawler.store;

import io.fcrawler.seed.CrawlId;
import java.time.Instant;
import java.util.Optional;

/** The final numbers of a crawl that another one followed. */
public record FormerCrawl(
    CrawlId crawlId,
    CrawlStatus status,
    long total,
    long crawled,
    long failed,
    long excluded,
    long bytes,
    Instant submittedAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {}
