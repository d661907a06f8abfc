/** Tests of reading pages. */
@NullMarked
package io.fcrawler.worker.parse;

import org.jspecify.annotations.NullMarked;
