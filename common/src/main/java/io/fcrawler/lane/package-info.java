/** Lanes, the units of ownership, and the slots that decide which worker owns them. */
@NullMarked
package io.fcrawler.lane;

import org.jspecify.annotations.NullMarked;
