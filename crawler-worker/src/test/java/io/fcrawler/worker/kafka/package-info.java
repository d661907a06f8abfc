/** Page records and a producer in memory. */
@NullMarked
package io.fcrawler.worker.kafka;

import org.jspecify.annotations.NullMarked;
