/**
 * The record of a page that goes out to users' consumers: its features, or why there are none.
 *
 * <p>Enters: what a visit fetched and parsed. Leaves: JSON for {@code fcrawler.pages}, of at most
 * about 7 MiB, whose key is the same whenever a page is fetched again in one crawl.
 */
@NullMarked
package io.fcrawler.worker.page;

import org.jspecify.annotations.NullMarked;
