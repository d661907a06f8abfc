/**
 * The seeds of a run: sites made at random from a number, on hosts of their own, and how each is to
 * be crawled.
 */
@NullMarked
package io.fcrawler.chaos.site;

import org.jspecify.annotations.NullMarked;
