/**
 * Kafka and Redis for the integration tests of all modules: from containers where a Docker engine
 * answers and has, or gets in time, the images; else from the embedded parts.
 *
 * <p>Enters: nothing. Leaves: addresses of servers that live until the JVM ends and are shared by
 * its tests, so a test names its keys, topics and groups after itself; and private servers, which a
 * test may kill and start again.
 */
@NullMarked
package io.fcrawler.testing;

import org.jspecify.annotations.NullMarked;
