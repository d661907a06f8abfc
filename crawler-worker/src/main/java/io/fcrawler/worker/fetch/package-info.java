/**
 * Fetches one URL from the web.
 *
 * <p>Enters: a {@link io.fcrawler.url.CrawlUrl} and a time limit. Leaves: a {@link
 * io.fcrawler.worker.fetch.FetchOutcome}; whatever the web does is such an outcome, never an
 * exception.
 *
 * <p>Invariants: no connection is made to an address that the {@link
 * io.fcrawler.worker.fetch.AddressPolicy} does not allow, whatever led to it; redirects are
 * outcomes and are not followed; a request reaches a healthy server once, or again where memory was
 * short; no body takes more memory than the body limit, however it was compressed, nor than its
 * {@link io.fcrawler.worker.memory.Hold}; an interrupt ends a fetch at once.
 *
 * <p>This package alone knows OkHttp.
 */
@NullMarked
package io.fcrawler.worker.fetch;

import org.jspecify.annotations.NullMarked;
