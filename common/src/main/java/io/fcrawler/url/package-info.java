/**
 * URLs as the crawler knows them: normalised, comparable, and hashed to fingerprints.
 *
 * <p>Enters: raw strings from pages and users. Leaves: {@link io.fcrawler.url.CrawlUrl}s, whose
 * text is in normal form; two spellings of one address give one text, and so one fingerprint.
 */
@NullMarked
package io.fcrawler.url;

import org.jspecify.annotations.NullMarked;
