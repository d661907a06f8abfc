/**
 * Looks at crawls again and again until they are finished, and shows how far they are: as bars that
 * are redrawn, as lines, or as JSON.
 */
@NullMarked
package io.fcrawler.cli.watch;

import org.jspecify.annotations.NullMarked;
