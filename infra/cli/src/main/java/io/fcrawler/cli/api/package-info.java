/**
 * The HTTP API as the client sees it.
 *
 * <p>Enters: seeds, options, parameters. Leaves: JSON objects that know their own text, or a {@link
 * io.fcrawler.cli.api.CliException} that says in one line what was wrong and what to do.
 */
@NullMarked
package io.fcrawler.cli.api;

import org.jspecify.annotations.NullMarked;
