package io.fcrawler.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That the store was found empty, see {@link EmptyState}.
 *
 * @param rest for how long no site is to be asked; empty: until {@link CrawlStore#endRest}
 */
public record EmptyFinding(Optional<Duration> rest, long commands, Instant oldest) {}
