/**
 * A site of which every route is broken or hostile in one way, and states what a crawl makes of it.
 *
 * <p>Enters: nothing. Leaves: the routes ({@link io.fcrawler.worker.torture.TortureRoute}), and a
 * server of them ({@link io.fcrawler.worker.torture.TortureSite}).
 */
@NullMarked
package io.fcrawler.worker.torture;

import org.jspecify.annotations.NullMarked;
