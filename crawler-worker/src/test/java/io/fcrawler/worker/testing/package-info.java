/**
 * A web to crawl in tests: real servers on loopback, well-behaved and not.
 *
 * <p>Enters: routes. Leaves: answers over real sockets, and a log of every request with its times,
 * so that tests can assert how often and how close together requests came.
 */
@NullMarked
package io.fcrawler.worker.testing;

import org.jspecify.annotations.NullMarked;
