/** Gates on a clock that stands still unless it is moved. */
@NullMarked
package io.fcrawler.worker.politeness;

import org.jspecify.annotations.NullMarked;
