/** Whole workers, on a real Kafka and a real Redis, against sites on loopback. */
@NullMarked
package io.fcrawler.worker;

import org.jspecify.annotations.NullMarked;
