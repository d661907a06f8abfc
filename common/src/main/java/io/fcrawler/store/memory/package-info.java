/**
 * The state of all crawls in plain Java objects behind one lock: the executable specification of
 * {@link io.fcrawler.store.CrawlStore}, and the store of tests.
 *
 * <p>The state is cut as a Redis Cluster cuts it: one {@code CommandShard} for {@code {fcrawler}},
 * and one {@code SeedShard} for each seed, with its {@code CrawlState}, whose lanes are {@code
 * LaneState}s. No transition touches two shards. Time is the injected clock alone. The transitions
 * {@code Acquire}, {@code Turn} and {@code Release} enter a crawl only through the check of crawl,
 * session and seq.
 */
@NullMarked
package io.fcrawler.store.memory;

import org.jspecify.annotations.NullMarked;
