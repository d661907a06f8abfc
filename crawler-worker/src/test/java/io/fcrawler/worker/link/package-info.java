/** Tests of reference resolution. */
@NullMarked
package io.fcrawler.worker.link;

import org.jspecify.annotations.NullMarked;
