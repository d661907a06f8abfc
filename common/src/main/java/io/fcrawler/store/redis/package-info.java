/**
 * The state of all crawls in Redis, by Lua scripts: one file for each transition under {@code
 * lua/}, whose headers list keys, arguments and replies.
 *
 * <p>Enters: calls of {@link io.fcrawler.store.CrawlStore}. Leaves: keys as {@link
 * io.fcrawler.store.redis.SeedKeys} names them; all keys of a seed share one hash tag, and every
 * key that a script touches is among its KEYS, so that all this runs on Redis Cluster.
 */
@NullMarked
package io.fcrawler.store.redis;

import org.jspecify.annotations.NullMarked;
