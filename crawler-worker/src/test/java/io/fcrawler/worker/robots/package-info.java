/** Tests of the Robots Exclusion Protocol. */
@NullMarked
package io.fcrawler.worker.robots;

import org.jspecify.annotations.NullMarked;
