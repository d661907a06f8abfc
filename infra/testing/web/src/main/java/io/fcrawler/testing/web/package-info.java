/**
 * Web sites with a known truth, and the server that serves them on loopback.
 *
 * <p>A {@link Site} is data: pages with their links, status codes, delays and faults. It knows its
 * {@link Truth}, which is what an exact crawl of it must count. A {@link SiteServer} serves sites,
 * single answers, and routes that break HTTP, for any number of hosts on one port.
 *
 * <p>Enters: sites and routes. Leaves: answers over real sockets, and a log of every request with
 * its times, so that tests can assert how often and how close together requests came.
 *
 * <p>Invariants: nothing here depends on other modules of fcrawler or on libraries; there is no
 * static state, so that tests in one JVM can run at the same time.
 */
@NullMarked
package io.fcrawler.testing.web;

import org.jspecify.annotations.NullMarked;
