/**
 * What a lane does with a claimed entry, in order: robots.txt, the host's gate, fetch, parse, the
 * page's record, and what is settled.
 *
 * <p>Enters: entries. Leaves: visits, each only after its page's record is acknowledged.
 */
@NullMarked
package io.fcrawler.worker.lane;

import org.jspecify.annotations.NullMarked;
