/**
 * The state of all crawls, and the transitions that change it: open, acquire, turn, release, pause,
 * resume, cancel. Each transition is atomic and checks all before its first change.
 *
 * <p>Invariant of every crawl at every instant: {@code total = queued + delayed + inFlight +
 * crawled + failed}, and the dedupe sets hold {@code total + excluded} fingerprints.
 */
@NullMarked
package io.fcrawler.store;

import org.jspecify.annotations.NullMarked;
