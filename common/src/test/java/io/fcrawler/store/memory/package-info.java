/** The tests of the store in memory; also the fake clock and store for tests of other parts. */
@NullMarked
package io.fcrawler.store.memory;

import org.jspecify.annotations.NullMarked;
