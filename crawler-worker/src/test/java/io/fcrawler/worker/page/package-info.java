/** The shape of page records. */
@NullMarked
package io.fcrawler.worker.page;

import org.jspecify.annotations.NullMarked;
