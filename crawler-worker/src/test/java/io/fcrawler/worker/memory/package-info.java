/** Tests of the budget of memory. */
@NullMarked
package io.fcrawler.worker.memory;

import org.jspecify.annotations.NullMarked;
