/**
 * Configuration by environment variables alone.
 *
 * <p>Enters: the environment, as a map. Leaves: one immutable record for each part; or one {@link
 * io.fcrawler.config.BadConfigException} that names every bad key. An empty value counts as none.
 * Secrets are neither in a record's text nor in an exception's.
 */
@NullMarked
package io.fcrawler.config;

import org.jspecify.annotations.NullMarked;
