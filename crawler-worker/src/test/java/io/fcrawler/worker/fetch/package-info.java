/** Tests of fetching, against real servers on loopback. */
@NullMarked
package io.fcrawler.worker.fetch;

import org.jspecify.annotations.NullMarked;
