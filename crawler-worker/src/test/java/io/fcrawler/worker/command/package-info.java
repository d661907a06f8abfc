/** What is decided about commands without a Kafka. */
@NullMarked
package io.fcrawler.worker.command;

import org.jspecify.annotations.NullMarked;
