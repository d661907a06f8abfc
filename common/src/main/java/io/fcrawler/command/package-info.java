/**
 * The commands that users give, their place in the log, and their shape on the wire.
 *
 * <p>Enters: submissions and control requests. Leaves: records in {@code fcrawler.commands}. Every
 * command names its crawlId, so that applying it again is harmless.
 */
@NullMarked
package io.fcrawler.command;

import org.jspecify.annotations.NullMarked;
