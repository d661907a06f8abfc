/**
 * The Robots Exclusion Protocol, RFC 9309.
 *
 * <p>Enters: a URL, and a way to fetch its site's robots.txt. Leaves: the site's rules, or why they
 * cannot be known.
 *
 * <p>Invariant: a site's robots.txt is fetched by one caller at a time, and not again within its
 * time to live by any worker that shares the store.
 */
@NullMarked
package io.fcrawler.worker.robots;

import org.jspecify.annotations.NullMarked;
