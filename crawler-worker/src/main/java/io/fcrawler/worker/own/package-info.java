/**
 * What this worker owns: the lanes of its slots, found from the active seeds and run by sessions.
 *
 * <p>Enters: slots that Kafka gives and takes, announcements, and the passing of time. Leaves:
 * sessions started, fed with lanes, drained and dropped. Announcements may get lost: a scan every
 * few seconds finds whatever they did not tell.
 */
@NullMarked
package io.fcrawler.worker.own;

import org.jspecify.annotations.NullMarked;
