/** Tests of the watch over Redis. */
@NullMarked
package io.fcrawler.store.watch;

import org.jspecify.annotations.NullMarked;
