/**
 * References to other documents, and the URLs that they mean.
 *
 * <p>Enters: a reference as a page or a header spells it, and the URL that it is relative to.
 * Leaves: a {@link io.fcrawler.url.CrawlUrl} in normal form, or nothing where browsers would not
 * find an http or https URL.
 */
@NullMarked
package io.fcrawler.worker.link;

import org.jspecify.annotations.NullMarked;
