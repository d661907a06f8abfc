/**
 * Kafka as this program uses it: its topics, and the log of commands.
 *
 * <p>Enters: commands, and where Kafka is. Leaves: records in {@code fcrawler.commands}, each in
 * the partition that is the slot of its seed's host.
 *
 * <p>Invariants: {@code fcrawler.commands} has {@link io.fcrawler.lane.Slots#COUNT} partitions and
 * keeps everything; nothing is written while it has another number.
 */
@NullMarked
package io.fcrawler.kafka;

import org.jspecify.annotations.NullMarked;
