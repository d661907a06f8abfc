/** What a worker owns, on the store in memory. */
@NullMarked
package io.fcrawler.worker.own;

import org.jspecify.annotations.NullMarked;
