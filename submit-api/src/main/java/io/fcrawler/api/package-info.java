/**
 * The HTTP API: takes domains, tells how their crawls fare, and takes what users want of them.
 *
 * <p>Enters: requests. Leaves: commands in the log; answers in JSON. The API keeps no state: what
 * it knows it reads from the store, and whatever it wants done it appends to the log, so any number
 * of it may run, and any of it may die at any time.
 *
 * <p>Invariant: a 202 means that the command is in the log for good.
 */
@NullMarked
package io.fcrawler.api;

import org.jspecify.annotations.NullMarked;
