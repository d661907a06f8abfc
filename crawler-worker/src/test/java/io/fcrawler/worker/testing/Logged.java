package io.fcrawler.worker.testing;

/**
 * A request in the log of a site.
 *
 * @param host the Host header
 * @param target path and query
 * @param startNs when its header had been read, by {@link System#nanoTime}
 * @param endNs when its answer was written or given up; {@link Long#MAX_VALUE} while under way
 */
public record Logged(String method, String host, String target, long startNs, long endNs) {}
