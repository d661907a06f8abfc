/**
 * What every {@link io.fcrawler.store.CrawlStore} must do, as tests that a backend's test class
 * inherits: {@link io.fcrawler.store.CrawlStoreContract} and {@link io.fcrawler.store.StoreWalk}.
 *
 * <p>Enters: a {@link io.fcrawler.store.StoreBackend}. Each test has seeds, topics and sessions of
 * its own, so that all may share one store.
 */
@NullMarked
package io.fcrawler.store;

import org.jspecify.annotations.NullMarked;
