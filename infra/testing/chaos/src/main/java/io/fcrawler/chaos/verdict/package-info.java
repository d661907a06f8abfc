/** What must hold when a run is over: compares what is told with what is true. */
@NullMarked
package io.fcrawler.chaos.verdict;

import org.jspecify.annotations.NullMarked;
