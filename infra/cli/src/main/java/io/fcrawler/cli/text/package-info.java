/**
 * What people read: where lines go, and how numbers, times and crawls are written.
 *
 * <p>Invariant: no control character that came from outside reaches the terminal.
 */
@NullMarked
package io.fcrawler.cli.text;

import org.jspecify.annotations.NullMarked;
