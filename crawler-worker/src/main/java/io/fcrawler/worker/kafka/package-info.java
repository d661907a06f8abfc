/**
 * The worker's output to Kafka.
 *
 * <p>Enters: page records. Leaves: records of {@code fcrawler.pages}, and word of each that is
 * safe.
 */
@NullMarked
package io.fcrawler.worker.kafka;

import org.jspecify.annotations.NullMarked;
