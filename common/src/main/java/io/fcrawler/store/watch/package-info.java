/**
 * A watch over Redis by those who depend on it: what would cost crawls their state, or stop them.
 *
 * <p>Enters: what INFO tells, and Redis's data folder where it can be seen. Leaves: findings, each
 * with what fixes it: one warning in the log, a check for {@code /health}, and meters. Nothing is
 * refused because of them.
 */
@NullMarked
package io.fcrawler.store.watch;

import org.jspecify.annotations.NullMarked;
