/**
 * The bytes that a worker may have in flight: of pages from their first byte until they are
 * settled.
 *
 * <p>Enters: the size of the heap. Leaves: {@link io.fcrawler.worker.memory.Hold}s, one for each
 * visit, that grow and shrink with what the visit keeps in memory. Invariants: what is held never
 * exceeds the budget; whoever waits gets what it waits for, in the end, as long as those who hold
 * end by themselves.
 */
@NullMarked
package io.fcrawler.worker.memory;

import org.jspecify.annotations.NullMarked;
