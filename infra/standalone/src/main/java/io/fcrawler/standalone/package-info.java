/**
 * All of fcrawler on one machine without Docker: Redis, Kafka, the submit API and crawler workers,
 * each a process of its own, started in order, kept running, and stopped in order.
 *
 * <p>Enters: options, each with an environment variable; the programs of the parts; a data folder.
 * Leaves: running parts on loopback ports, their data and logs in the data folder, one line on
 * standard output for each event.
 *
 * <p>A demonstration has the same parts in a temporary folder, gives them a site of its own to
 * crawl ({@code demo}), and is gone afterwards.
 *
 * <p>Invariants: a data folder belongs to one launcher at a time; what a killed launcher left
 * behind is ended before anything is started; when the launcher ends by itself, nothing of it runs
 * any more; Redis and Kafka stay up until the last worker has ended.
 */
@NullMarked
package io.fcrawler.standalone;

import org.jspecify.annotations.NullMarked;
