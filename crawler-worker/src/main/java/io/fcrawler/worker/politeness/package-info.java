/**
 * The pace at which hosts are asked: one gate for each host, for all its lanes, of all seeds.
 *
 * <p>Enters: threads that are about to send a request. Leaves: the same, one at a time, spaced.
 */
@NullMarked
package io.fcrawler.worker.politeness;

import org.jspecify.annotations.NullMarked;
