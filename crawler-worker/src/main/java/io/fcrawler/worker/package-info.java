/**
 * The worker: it owns lanes of crawls, and fetches, parses and settles their URLs.
 *
 * <p>Enters: commands from Kafka, claimed URLs from the store, the web's answers. Leaves: turns to
 * the store and page records to Kafka.
 */
@NullMarked
package io.fcrawler.worker;

import org.jspecify.annotations.NullMarked;
