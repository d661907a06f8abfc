/**
 * The worker's place in Kafka: member of the group that shares the slots, and reader of commands.
 *
 * <p>Enters: records of {@code fcrawler.commands}, and the slots that the group assigns. Leaves:
 * commands noted and applied in the store, dead letters, and slots for {@link
 * io.fcrawler.worker.own}. Invariant: the position from which a partition is read is the store's,
 * so that a store that went back in time is given again what it forgot.
 */
@NullMarked
package io.fcrawler.worker.command;

import org.jspecify.annotations.NullMarked;
