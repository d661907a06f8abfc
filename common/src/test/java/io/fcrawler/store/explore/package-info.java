/**
 * A small explorer of states: every interleaving of steps, faults included, up to a depth, over a
 * {@link io.fcrawler.store.memory.MemoryCrawlStore}, whose snapshots are compared by value.
 *
 * <p>{@code Explorer} knows nothing of crawls: it is given states to begin at and a model that
 * tells the steps from a state and what must hold in it. There are two models, of the lanes' path
 * and of the commands' path. In each some rules of the design may be taken out, to show that the
 * explorer then finds what the rule prevents.
 */
@NullMarked
package io.fcrawler.store.explore;

import org.jspecify.annotations.NullMarked;
