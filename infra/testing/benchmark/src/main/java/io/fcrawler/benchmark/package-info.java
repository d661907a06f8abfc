/**
 * What fcrawler is measured against: fetching and parsing a known list of URLs, and nothing else.
 * No part of the product; {@code scripts/benchmark.sh} runs it.
 *
 * <p>Enters: a file with a URL in each line, and how many connections to use. Leaves: one line of
 * JSON.
 *
 * <p>Invariants: each URL is requested once; nothing is kept, queued, deduplicated or counted
 * durably.
 */
@NullMarked
package io.fcrawler.benchmark;

import org.jspecify.annotations.NullMarked;
