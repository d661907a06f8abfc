package io.fcrawler.worker.session;

import io.fcrawler.store.Entry;
import io.fcrawler.store.HostStanding;

/**
 * An entry to visit.
 *
 * @param host how the crawl stood with the entry's host when it was claimed
 */
public record Claim(Entry entry, HostStanding host) {}
