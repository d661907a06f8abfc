/**
 * Random walks over a store: simulated workers crawl a small random site while answers are lost,
 * calls come late, workers die or sleep past their leases, users pause and resubmit, and the state
 * goes back in time. After each step the numbers must be exact; in the end a faultless continuation
 * must find exactly what can be reached.
 *
 * <p>All choices come from one seeded generator. The workers follow the rules of the design for
 * sessions, leases and caches; they are the simplest ones that do.
 */
@NullMarked
package io.fcrawler.store.walk;

import org.jspecify.annotations.NullMarked;
