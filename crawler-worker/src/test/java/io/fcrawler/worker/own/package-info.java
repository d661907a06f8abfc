/** Seeds on the store in memory, looked after by a worker. */
@NullMarked
package io.fcrawler.worker.own;

import org.jspecify.annotations.NullMarked;
