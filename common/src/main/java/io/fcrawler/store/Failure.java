package io.fcrawler.store;

import java.time.Instant;

/**
 * A URL that was given up.
 *
 * @param httpStatus 0 where there was no answer
 * @param attempts requests made
 * @param referrer the page on which the URL was first found; empty for the start page
 */
public record Failure(
    String url, String reason, int httpStatus, int attempts, String referrer, Instant time) {}
