/**
 * What the demonstration shows: a small site of its own, and a crawl of it as a user of the API
 * sees it.
 *
 * <p>Enters: the address of a running submit API. Leaves: a site on loopback, lines on a screen,
 * and whether the crawl's numbers add up and are those of the site.
 *
 * <p>Invariants: the site is the same at every start, and knows what a crawl of it must count;
 * nothing here knows how the parts of fcrawler are started or stopped.
 */
@NullMarked
package io.fcrawler.standalone.demo;

import org.jspecify.annotations.NullMarked;
