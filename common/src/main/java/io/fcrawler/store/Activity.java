package io.fcrawler.store;

/**
 * Some counters of a crawl, of which one changes with nearly everything that a worker does for it.
 *
 * @param inFlight claimed by workers, not yet settled
 * @param excluded URLs kept out
 * @param bytes of bodies received
 */
public record Activity(long inFlight, long excluded, long bytes) {}
