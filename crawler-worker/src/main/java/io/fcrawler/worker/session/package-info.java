/**
 * A worker's hold on a crawl: claims for its lanes, and settles what they bring.
 *
 * <p>Enters: lanes to run, and the {@link io.fcrawler.worker.session.Visit}s that they make.
 * Leaves: claimed entries to the lanes, and calls of the store, one at a time. Invariants: a lane's
 * request is under way only within its lease; after a call whose answer was lost or refused the
 * session is over, with all that it knew — lanes, results, seen cache — and another one begins from
 * nothing.
 */
@NullMarked
package io.fcrawler.worker.session;

import org.jspecify.annotations.NullMarked;
