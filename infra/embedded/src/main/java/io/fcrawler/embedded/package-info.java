/**
 * A real Kafka broker and a real redis-server without an installation, for tests and standalone.
 *
 * <p>Enters: a directory and a port for each, and where a redis-server is to be found. Leaves:
 * servers that answer on the loopback interface alone, and whose data outlives their processes.
 *
 * <p>Invariants: a server that was started is ready when the starting call returns; a start on the
 * directory of a server that was killed finds its data; nothing here opens a port on another
 * interface than loopback.
 */
@NullMarked
package io.fcrawler.embedded;

import org.jspecify.annotations.NullMarked;
